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

