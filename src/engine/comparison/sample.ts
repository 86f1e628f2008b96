/** What a model and its approximation read to be compared: prose in two languages, numbers and code. Fixed, so that differences compare. */
export const SAMPLE = `The lighthouse keeper counted the ships each evening, and wrote their number into a book that nobody had ever asked to see. On the 14th of March there were 327 of them, more than in any month before. "They are running from the storm," said his daughter, who was nine years old and knew the names of all the winds. He looked at the barometer, which had fallen to 983 hectopascals since noon, and lit the lamp an hour early.

La biblioteca del pueblo abría los martes y los jueves, de cuatro a ocho. El señor Aguirre llegaba siempre el primero, dejaba el paraguas junto a la puerta y pedía el mismo libro de mapas. Decía que en la página 212 había una isla que no existía, y que algún día alguien tendría que ir a comprobarlo. Nadie le llevaba la contraria: ¿quién puede asegurar que una isla no está donde dice un mapa?

def moving_average(values, width):
    """Means of every \`width\` values in a row."""
    if width < 1 or width > len(values):
        raise ValueError(f"no window of {width} in {len(values)} values")
    total = sum(values[:width])
    means = [total / width]
    for i in range(width, len(values)):
        total += values[i] - values[i - width]
        means.append(total / width)
    return means

Water boils at 100 degrees Celsius at sea level, but at the top of a mountain of 3,000 metres it boils at about 90, because there is less air above it.
`;

/** Tokens of it at most: of a vocabulary of bytes it has a thousand. */
export const SAMPLE_TOKENS = 512;
