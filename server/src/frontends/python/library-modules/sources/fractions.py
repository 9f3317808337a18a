import math
class Fraction:
    def __init__(self, numerator=0, denominator=None):
        if isinstance(numerator, str):
            numerator, _, below = numerator.partition('/')
            numerator, denominator = int(numerator), int(below or 1)
        if isinstance(numerator, Fraction):
            numerator, denominator = numerator.numerator, numerator.denominator * (denominator or 1)
        if isinstance(numerator, float):
            numerator, denominator = numerator.as_integer_ratio()
        denominator = 1 if denominator is None else denominator
        if denominator == 0:
            raise ZeroDivisionError(f'Fraction({numerator}, 0)')
        common = math.gcd(numerator, denominator) * (-1 if denominator < 0 else 1)
        self.numerator, self.denominator = numerator // common, denominator // common
    def __repr__(self): return f'Fraction({self.numerator}, {self.denominator})'
    def __str__(self): return str(self.numerator) if self.denominator == 1 else f'{self.numerator}/{self.denominator}'
    def __float__(self): return self.numerator / self.denominator
    def __int__(self): return int(self.numerator / self.denominator)
    def __floor__(self): return self.numerator // self.denominator
    def __ceil__(self): return -(-self.numerator // self.denominator)
    def _join(self, other, combine):
        if isinstance(other, float):
            return combine(float(self), other)
        other = other if isinstance(other, Fraction) else Fraction(other)
        return combine(self, other)
    def __add__(self, other): return self._join(other, lambda a, b: a + b if isinstance(a, float) else Fraction(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator))
    def __sub__(self, other): return self._join(other, lambda a, b: a - b if isinstance(a, float) else Fraction(a.numerator * b.denominator - b.numerator * a.denominator, a.denominator * b.denominator))
    def __mul__(self, other): return self._join(other, lambda a, b: a * b if isinstance(a, float) else Fraction(a.numerator * b.numerator, a.denominator * b.denominator))
    def __truediv__(self, other): return self._join(other, lambda a, b: a / b if isinstance(a, float) else Fraction(a.numerator * b.denominator, a.denominator * b.numerator))
    __radd__ = __add__
    __rmul__ = __mul__
    def __rsub__(self, other): return Fraction(other) - self
    def __rtruediv__(self, other): return Fraction(other) / self
    def __neg__(self): return Fraction(-self.numerator, self.denominator)
    def __eq__(self, other): return float(self) == float(other)
    def __lt__(self, other): return float(self) < float(other)
    def __le__(self, other): return float(self) <= float(other)
    def __gt__(self, other): return float(self) > float(other)
    def __ge__(self, other): return float(self) >= float(other)
    def __hash__(self): return hash(float(self))
