def total_price(items):
    total = 0
    for price, quantity in items:
        total += price * quanttiy
    return total
