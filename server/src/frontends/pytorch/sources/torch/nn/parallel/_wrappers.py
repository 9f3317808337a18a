from torch.nn import Module

class DataParallel(Module):
    def __init__(self, module, device_ids=None, output_device=None, dim=0):
        super().__init__()
        self.module = module
        self.device_ids = device_ids

    def forward(self, *inputs, **kwargs):
        return self.module(*inputs, **kwargs)

class DistributedDataParallel(DataParallel):
    def __init__(self, module, *args, **kwargs):
        super().__init__(module)

    def no_sync(self):
        import contextlib
        return contextlib.nullcontext()

def data_parallel(module, inputs, *args, **kwargs):
    return module(*inputs) if isinstance(inputs, tuple) else module(inputs)
