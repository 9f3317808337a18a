# Whose names an expression sees.

# %%
N, M = 8, 3
class Net:
    N, M = 16, 2
    first = [N for _ in range(M)]
    nested = [[N + k for k in range(M)] for _ in range(M)]
    made = {N: (lambda: N)() for N in range(M)}
    some = sum(N for _ in [N] * M)
    own = N
    class Inner:
        seen = N
    def method(self): return N
(Net.first, Net.nested, Net.made, Net.some, Net.own, Net.Inner.seen, Net().method())
#> ([8, 8], [[8, 9, 10], [8, 9, 10]], {0: 0, 1: 1}, 16, 16, 8, 8)
