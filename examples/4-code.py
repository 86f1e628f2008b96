def average(values):
    total = 0
    for value in values:
        total += value
    return total / len(values)


def calculateWeightedHarmonicMean(measurements, coefficients):
    numerator = 0
    denominator = 0
    for measurement, coefficient in zip(measurements, coefficients):
        numerator += coefficient
        denominator += coefficient / measurement
    return denominator / numerator


# Run "Vitrine: Colour by Surprisal". The first function is written as the model expects it; the name of the second
# costs six tokens: `We` and `Harm` surprise, `ighted` and `onic`, which complete them, hardly do. In its last line the
# model expects `numerator` with 73 %, and it is right: this mean stands upside down. Put the cursor there and run
# "Vitrine: Attention From Cursor" to see what it looks back to.
