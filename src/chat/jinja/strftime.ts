const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** As Python's `datetime.strftime` writes a local time without a zone, in English. What it does not know stays as it is. */
export function strftime(time: Date, format: string): string {
  return format.replace(/%(-?)([a-zA-Z%])/g, (whole, unpadded: string, letter: string) => {
    const written = DIRECTIVES[letter]?.(time);
    if (written === undefined) return whole;
    return unpadded ? written.replace(/^0+(?=\d)/, '') : written;
  });
}

const padded = (value: number, width = 2) => String(value).padStart(width, '0');

const name = (names: readonly string[], at: number) => names[at] as string;

const hour12 = (time: Date) => time.getHours() % 12 || 12;

const DIRECTIVES: Record<string, (time: Date) => string> = {
  a: (time) => name(DAYS, time.getDay()).slice(0, 3),
  A: (time) => name(DAYS, time.getDay()),
  b: (time) => name(MONTHS, time.getMonth()).slice(0, 3),
  B: (time) => name(MONTHS, time.getMonth()),
  c: (time) => strftime(time, `%a %b ${String(time.getDate()).padStart(2)} %H:%M:%S %Y`),
  d: (time) => padded(time.getDate()),
  e: (time) => String(time.getDate()).padStart(2),
  f: (time) => `${padded(time.getMilliseconds(), 3)}000`,
  F: (time) => strftime(time, '%Y-%m-%d'),
  H: (time) => padded(time.getHours()),
  I: (time) => padded(hour12(time)),
  j: (time) => padded(dayOfYear(time), 3),
  m: (time) => padded(time.getMonth() + 1),
  M: (time) => padded(time.getMinutes()),
  p: (time) => (time.getHours() < 12 ? 'AM' : 'PM'),
  S: (time) => padded(time.getSeconds()),
  T: (time) => strftime(time, '%H:%M:%S'),
  u: (time) => String(time.getDay() || 7),
  w: (time) => String(time.getDay()),
  x: (time) => strftime(time, '%m/%d/%y'),
  X: (time) => strftime(time, '%H:%M:%S'),
  y: (time) => padded(time.getFullYear() % 100),
  Y: (time) => String(time.getFullYear()),
  z: () => '',
  Z: () => '',
  '%': () => '%',
};

function dayOfYear(time: Date): number {
  const first = Date.UTC(time.getFullYear(), 0, 1);
  return (Date.UTC(time.getFullYear(), time.getMonth(), time.getDate()) - first) / 86_400_000 + 1;
}
