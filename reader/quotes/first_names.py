"""First names that are nearly always a man's or a woman's where English news reports them."""

HIS = frozenset(
    """aaron abdullah abraham adam adrian ahmed alan albert alberto alejandro aleksandr alex
    alexander alexei alfred ali allen andre andrei andrew anthony antonio arnold arthur
    barack barney barry ben benjamin bernard bernie bill billy bob bobby boris brad bradley
    brandon brent bret brett brian bruce bryan carl carlos charles charlie chris christian
    christopher chuck clarence clark claude clint colin corey craig dan daniel darrell dave
    david dean denis dennis derek dick dmitri dmitry don donald doug douglas duncan dwight
    earl ed eddie edgar edward edwin eli elijah emmanuel eric erik ernest eugene evan felipe
    fernando florian francis francisco francois frank franklin fred frederick gary gavin gene
    geoff geoffrey george gerald gerard gilbert glenn gordon graham grant greg gregory gus
    guy hans harold harry harvey heinz henry herbert herman howard hugh hugo ian igor ilham
    ivan jack jacob jake james jan jared jason javier jay jean-claude jeff jeffrey jeremy
    jerome jerry jesse jim jimmy joachim joaquin joe joel joerg john johnny jon jonathan
    jorge jose joseph josh joshua juan julian julius justin karl keith ken kenneth kevin kirk
    kurt kyle larry lawrence lee leo leon leonard leonid leroy lewis liam lloyd louis lucas
    luis luke malcolm marc marco marcus mario mark martin marvin matt matthew maurice max
    maxim mehmet michael michel miguel mike mikhail mitch mitchell mitt mohamed mohammad
    mohammed muhammad nathan neil newt nicholas nicolas nigel nikol nikolai noah norman olaf
    oleg oliver omar oscar otto owen pablo patrick paul pavel pedro pete peter petr phil
    philip philippe phillip pierre rafael ralph ramon rand randy ray raymond reince rene
    ricardo richard rick robby robert roberto rodney rodrigo roger roland ron ronald ross roy
    rudolph rudy rupert russell ryan salman sam samuel scott sean sebastian sepp sergei
    sergey sergio seth shawn shinzo sidney simon spencer stanley stefan stephen steve steven
    stewart stuart ted terrence terry theodore thomas tim timothy toby todd tom tommy tony
    travis trevor trey tyler vernon victor viktor vincent vitaly vladimir volodymyr wallace
    walter warren wayne wendell will william wolfgang xi yuri zachary""".split()
)
HERS = frozenset(
    """abigail ada adriana agnes alexandra alice alicia alison allison amanda amber amy ana andrea
    angela angelina anita ann anna anne annette annie april arianna ashley astrid audrey ava
    barbara beatrice becky bella bernadette beth betsy betty beverly bonnie brenda bridget
    brittany camille candice cara carla carly carmen carol caroline carolyn cassandra
    catherine cathy cecilia celia charlotte chelsea cheryl chloe christina christine cindy
    claire clara claudia colleen connie constance cristina cynthia daisy dana danielle daphne
    dawn debbie deborah debra denise diana diane dianne dolores donna doris dorothy edith
    eileen elaine eleanor elena elise elizabeth ella ellen emily emma erica erika erin esther
    ethel eva eve evelyn fatima felicia fiona flora florence frances gabriela gail geraldine
    gillian gina ginger gloria grace greta gretchen gwen gwendolyn hannah harriet heather
    heidi helen helena hillary holly hope huma ida ingrid irene iris isabel isabella ivanka
    jackie jacqueline jane janet janice jasmine jean jeanne jennifer jenny jessica jill joan
    joanna joanne jocelyn jodi josephine joy joyce juanita judith judy julia juliana julie
    june karen karin kate katherine kathleen kathryn kathy katie katrina kayla kelli
    kellyanne kimberly kirsten kristen kristin krystal lara laura lauren leah leila lena
    leticia lillian lily linda lindsay lisa lois loretta lori lorraine louise lucia lucille
    lucy lydia lynn mabel madeleine madeline maggie marcia margaret margarita maria mariana
    marie marilyn marina marion marjorie marlene marsha martha mary maureen megan megyn
    melania melanie melinda melissa mercedes meredith mia michele michelle mildred miranda
    miriam molly monica nadia nancy naomi natalia natalie natasha nicola nicole nina noelle
    nora norma olga olivia oprah paige pamela patricia patty paula pauline peggy penny
    phyllis priscilla rachel rebecca regina renee rhonda rita roberta robyn rosa rosalie rose
    rosemary rosie roxanne ruth sabrina sally samantha sandra sara sarah shannon sharon
    sheila shelley sherry shirley silvia sofia sonia sonja sophia sophie stacey stacy stella
    stephanie sue susan susana susanne suzanne sylvia tamara tammy tanya tara tatiana teresa
    theresa tiffany tina tracy ursula valentina valerie vanessa vera veronica vicki victoria
    viola violet virginia vivian wanda wendy whitney winifred yolanda yvette yvonne zoe""".split()
)
FIRST_NAMES = HIS | HERS
