/** Stands where the value stands; everything else in a sample must come out as it went in. */
export const MARK = '@@';

/** A `.env` file in which the variable is assigned, with a mark for each value of it. One character for each byte. */
export interface EnvSample {
  readonly name: string;
  readonly text: string;
}

/** The bytes of UTF-8 text, one character each. */
const utf8 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

const KEY = 'WHATSAPP_ACCESS_TOKEN';

/** Files of every style that owners were seen to have. */
export const SAMPLES: readonly EnvSample[] = [
  { name: 'alone', text: `${KEY}=@@\n` },
  { name: 'alone without a last line end', text: `${KEY}=@@` },
  { name: 'first of several', text: `${KEY}=@@\nPORT=3000\nDEBUG=true\n` },
  { name: 'in the middle', text: `PORT=3000\n${KEY}=@@\nDEBUG=true\n` },
  { name: 'last without a line end', text: `PORT=3000\nDEBUG=true\n${KEY}=@@` },
  { name: 'single quotes', text: `A='x'\n${KEY}='@@'\n` },
  { name: 'double quotes', text: `${KEY}="@@"\nB="y"\n` },
  { name: 'backticks', text: `${KEY}=\`@@\`\n` },
  { name: 'double quotes and no last line end', text: `${KEY}="@@"` },
  { name: 'export', text: `export ${KEY}=@@\nexport PORT=3000\n` },
  { name: 'export with quotes and blanks', text: `  export   ${KEY}="@@"  \n` },
  { name: 'export with a tab', text: `export\t${KEY}=@@\n` },
  { name: 'blanks round the sign', text: `PORT = 3000\n${KEY} = @@\n` },
  { name: 'blanks after the sign only', text: `${KEY}=  @@\n` },
  { name: 'tabs round the sign', text: `${KEY}\t=\t@@\n` },
  { name: 'blanks and quotes', text: `${KEY} = '@@' \n` },
  { name: 'blanks after the value', text: `${KEY}=@@   \nPORT=1\n` },
  { name: 'comment after the value', text: `${KEY}=@@ # renewed by hand in March\n` },
  { name: 'comment after quotes', text: `${KEY}="@@" # don't lose this\nPORT=1 # it's the port\n` },
  { name: 'comment right after quotes', text: `${KEY}='@@'#old\n` },
  { name: 'comment right after the value', text: `${KEY}=@@#old\n` },
  { name: 'comment with quotes in it', text: `${KEY}=@@ # the "old" one, isn't it\nB='1'\n` },
  { name: 'commented-out assignment before', text: `#${KEY}=EAAcommentedout\n${KEY}=@@\n` },
  { name: 'commented-out assignments all round', text: `# ${KEY}="EAAone"\n\t#${KEY}=EAAtwo\n${KEY}=@@\n  # export ${KEY}=EAAthree\n` },
  { name: 'indented', text: `  PORT=1\n    ${KEY}=@@\n\tDEBUG=1\n` },
  { name: 'blank lines', text: `\n\n\nPORT=1\n\n${KEY}=@@\n\n\n\nDEBUG=1\n\n` },
  { name: 'lines of blanks', text: `   \n\t\n${KEY}=@@\n  \n` },
  { name: 'CRLF', text: `PORT=1\r\n${KEY}=@@\r\nDEBUG=1\r\n` },
  { name: 'CRLF without a last one', text: `PORT=1\r\n${KEY}=@@` },
  { name: 'CRLF, quotes and comments', text: `# shop\r\n${KEY}="@@" # token\r\n\r\nB='2'\r\n` },
  { name: 'CRLF and LF mixed', text: `A=1\r\nB=2\n${KEY}=@@\r\nC=3\nD=4\r\n` },
  { name: 'old line ends of the Mac', text: `A=1\r${KEY}=@@\rB=2\r` },
  { name: 'assigned twice', text: `${KEY}=@@\nPORT=1\n${KEY}=@@\n` },
  { name: 'assigned three times in three styles', text: `${KEY}=@@\nexport ${KEY}="@@"\n${KEY} = '@@' # last\n` },
  { name: 'byte order mark', text: `${utf8('\ufeff')}${KEY}=@@\nPORT=1\n` },
  { name: 'byte order mark, CRLF, variable further down', text: `${utf8('\ufeff')}A=1\r\n${KEY}=@@\r\n` },
  { name: 'UTF-8 all round', text: utf8(`SHOP="Café Zoë — Größe"\n# тест 🙂\n${KEY}=@@ # für später\nCITY=Łódź\n`) },
  { name: 'bytes that are no UTF-8', text: `SHOP=Caf\xe9 \xa0\xff\n${KEY}=@@\nCITY=K\xf6ln\x85\n` },
  { name: 'another value over several lines', text: `PRIVATE_KEY="-----BEGIN KEY-----\nMIIB\n-----END KEY-----\n"\n${KEY}=@@\n` },
  { name: 'a line inside another value that looks like ours, double quotes', text: `NOTE="first\n${KEY}=EAAinsidedouble\nlast"\n${KEY}=@@\n` },
  { name: 'a line inside another value that looks like ours, single quotes', text: `${KEY}=@@\nNOTE='first\nexport ${KEY}="EAAinsidesingle"\nlast'\n` },
  { name: 'a line inside another value that looks like ours, backticks', text: `NOTE=\`\n${KEY}=EAAinsidebackticks\n\` # note\n${KEY}="@@"\n` },
  { name: 'escaped quotes in another value', text: `NOTE="say \\"${KEY}=EAAescaped\\"\n${KEY}=EAAinside"\n${KEY}=@@\n` },
  { name: 'a quote that never closes', text: `MOTTO=it's\nQUOTE="open\n${KEY}=@@\nPORT=1\n` },
  { name: 'apostrophes in plain values and comments', text: `MOTTO='tis the season\n${KEY}=@@\n# don't worry\n` },
  { name: 'JSON in another value', text: `CONFIG={"${KEY}":"EAAjson"}\nOTHER='{"a": "b", "c": 1}'\n${KEY}=@@\n` },
  { name: 'names that begin or end alike', text: `${KEY}_OLD=EAAold1\nMY_${KEY}=EAAold2\n${KEY}2=EAAold3\n${KEY}.dev=EAAold4\n${KEY}=@@\n` },
  { name: 'other letter case is another name', text: `whatsapp_access_token=EAAlower\n${KEY}=@@\n` },
  { name: 'our name inside other values', text: `DOC=see ${KEY}=EAAword\nURL=https://x.test/?${KEY}=EAAquery\n${KEY}=@@\n` },
  { name: 'lines that are no assignments', text: `garbage\n=nothing\n${KEY}\n: ; !\n${KEY}=@@\n` },
  { name: 'sections as in an ini file', text: `[whatsapp]\n${KEY}=@@\n[server]\nPORT=1\n` },
  { name: 'a colon for a sign', text: `PORT: 3000\n${KEY}: @@\n` },
  { name: 'a colon, quotes and a comment', text: `${KEY}: "@@" # token\n` },
  { name: 'a shell script', text: `#!/bin/sh\nset -e\nexport PORT=1\nexport ${KEY}='@@'\nexec node bot.js "$@"\n` },
  { name: 'expansion in other values', text: `HOST=localhost\nURL=http://\${HOST}:$PORT/\n${KEY}=@@\nAGAIN=\${${KEY}}\n` },
  { name: 'a long line', text: `LIST=${'item,'.repeat(4_000)}\n${KEY}=@@\n` },
  { name: 'a vertical tab and a form feed', text: `\f\n\v${KEY}=@@\f\n` },
];

/** A file as it was and as it must become, where the variable has no value yet or is not there. `{}` stands for the new value. */
export interface EmptySample {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** Files without a value to take the place of. */
export const EMPTY_SAMPLES: readonly EmptySample[] = [
  { name: 'an empty file', before: '', after: `${KEY}={}\n` },
  { name: 'only a byte order mark', before: utf8('\ufeff'), after: `${utf8('\ufeff')}${KEY}={}\n` },
  { name: 'not there', before: 'PORT=1\n', after: `PORT=1\n${KEY}={}\n` },
  { name: 'not there, no last line end', before: 'PORT=1', after: `PORT=1\n${KEY}={}` },
  { name: 'not there, CRLF', before: 'PORT=1\r\nA=2\r\n', after: `PORT=1\r\nA=2\r\n${KEY}={}\r\n` },
  { name: 'not there, CRLF, no last line end', before: 'PORT=1\r\nA=2', after: `PORT=1\r\nA=2\r\n${KEY}={}` },
  { name: 'only commented out', before: `# ${KEY}=EAAexample\nPORT=1\n`, after: `# ${KEY}=EAAexample\nPORT=1\n${KEY}={}\n` },
  { name: 'only inside another value', before: `NOTE="\n${KEY}=EAAinside\n"\n`, after: `NOTE="\n${KEY}=EAAinside\n"\n${KEY}={}\n` },
  { name: 'a file that a shell reads', before: 'export PORT=1\n# more\nexport A="2"\n', after: `export PORT=1\n# more\nexport A="2"\nexport ${KEY}={}\n` },
  { name: 'a bare name is no assignment', before: `${KEY}\n`, after: `${KEY}\n${KEY}={}\n` },
  { name: 'an empty value', before: `A=1\n${KEY}=\nB=2\n`, after: `A=1\n${KEY}={}\nB=2\n` },
  { name: 'an empty value at the very end', before: `A=1\n${KEY}=`, after: `A=1\n${KEY}={}` },
  { name: 'an empty value in quotes', before: `${KEY}=""\n`, after: `${KEY}="{}"\n` },
  { name: 'an empty value before a comment', before: `${KEY}= # put it here\n`, after: `${KEY}={} # put it here\n` },
  { name: 'an empty value right before a comment', before: `${KEY}=# put it here\n`, after: `${KEY}={} # put it here\n` },
  { name: 'an empty value with blanks round the sign', before: `${KEY} = \n`, after: `${KEY} = {}\n` },
  { name: 'an empty value with blanks round the sign, then a comment', before: `${KEY} = # here\n`, after: `${KEY} = {} # here\n` },
  { name: 'an empty value before a quoted line', before: `${KEY}=\n"odd"\n`, after: `${KEY}={}\n"odd"\n` },
  { name: 'an empty one and a full one', before: `${KEY}=\n${KEY}=""\r\n`, after: `${KEY}={}\n${KEY}="{}"\r\n` },
];
