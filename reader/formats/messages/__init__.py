"""Mail: messages, mailboxes, newsletters and digests."""
