/** Short and given names that stand alone after "Karaoke": `Karaoke Kat` is a person, `Karaoke Soup` a company. */
const NAMES =
  `al alan alex alice amanda amber amy andrea andy angel angela angie ann anna annie anthony april armando art ashley barb barbara becky ben
  beth betty bev bill billy bob bobby bonnie brad brandon brandy brenda brian brittany bruce bryan carl carla carlos carol carrie cat cathy
  chad charlie cheryl chip chris chrissy christina chuck cindy claire connie craig crystal cyndi dan dana daniel danny darlene dave david
  dawn dean deb debbie denise dennis derek diana diane dianne don donna doug ed eddie elena ellen emily eric erica erik erin ernie eva frank
  fred gabe gary gene george gina ginger glen gloria grace greg hank hannah harry heather heidi helen henry holly ian jack jackie jake james
  jamie jan jane janet jason jay jean jeff jen jenn jenna jennifer jenny jeremy jerry jess jesse jessica jill jim jimmy jo joan joann joanne joe
  joel joey john johnny jon jose josh joy juan judy julia julie june karen kat kate kathy katie kay keith kelly ken kenny kevin kim kris
  kristin kurt kyle larry laura lauren lee leo leslie lily linda lisa liz lori lou louis louise lucy luis lynn mandy marc marco marcus
  maria marie mark marsha martha marty mary matt maureen max megan mel melanie melissa melody michael michelle mickey miguel mike missy
  mitch molly monica murrah nancy naomi natalie nate neil nick nicole nikki nina oscar pam pat patrick patti patty paul paula pedro peggy
  penny pete peter phil phyllis rachel ralph randy ray rebecca renee rhonda rich rick ricky rita rob robert robin rocky rod roger ron ronnie
  rosa rose roxy roy russ ruth ryan sally sam samantha sandy sara sarah scott sean shane shannon sharon shawn sheila shelly sherry shirley
  sonny stacy stan stella stephanie steve steven stu sue susan suzy tammy tanya tara ted teresa terri terry thomas tim tina todd tom tommy
  toni tony tracy travis trish troy tyler val valerie vanessa vicki vicky victor vince wanda wayne wendy will willie yolanda zack zoe`.split(
    /\s+/,
  );
const KNOWN: ReadonlySet<string> = new Set(NAMES);

/** Whether a single word is a common given name. */
export function isFirstName(word: string): boolean {
  return KNOWN.has(word.toLowerCase());
}

/** Whether a name reads as a person's: a given name and one more word, no `The`, no possessive. */
export function isPersonName(name: string): boolean {
  const words = name.trim().split(/\s+/);
  const first = words[0] ?? '';
  return (
    words.length >= 2 &&
    words.length <= 3 &&
    isFirstName(first) &&
    !/'s\b/.test(name) &&
    words.every((word) => /^\p{Lu}/u.test(word))
  );
}
