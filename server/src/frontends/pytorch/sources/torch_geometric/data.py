from torch._records import Batch, Data
