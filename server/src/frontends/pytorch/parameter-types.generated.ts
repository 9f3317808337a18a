// Recorded from PyTorch 2.15.0 by `npm run record:parameter-types`: the types in its operators' schemas. Do not edit.

export const recordedParameterTypes = `
torch.Tensor.add alpha:number
torch.Tensor.add_ alpha:number
torch.Tensor.addbmm batch1:tensor batch2:tensor beta:number alpha:number
torch.Tensor.addbmm_ batch1:tensor batch2:tensor beta:number alpha:number
torch.Tensor.addcdiv tensor1:tensor tensor2:tensor value:number
torch.Tensor.addcdiv_ tensor1:tensor tensor2:tensor value:number
torch.Tensor.addcmul tensor1:tensor tensor2:tensor value:number
torch.Tensor.addcmul_ tensor1:tensor tensor2:tensor value:number
torch.Tensor.addmm mat1:tensor mat2:tensor beta:number alpha:number
torch.Tensor.addmm_ mat1:tensor mat2:tensor beta:number alpha:number
torch.Tensor.addmv mat:tensor vec:tensor beta:number alpha:number
torch.Tensor.addmv_ mat:tensor vec:tensor beta:number alpha:number
torch.Tensor.addr vec1:tensor vec2:tensor beta:number alpha:number
torch.Tensor.addr_ vec1:tensor vec2:tensor beta:number alpha:number
torch.Tensor.all dim:int|ints|none keepdim:bool
torch.Tensor.allclose other:tensor rtol:float atol:float equal_nan:bool
torch.Tensor.amax dim:ints keepdim:bool
torch.Tensor.amin dim:ints keepdim:bool
torch.Tensor.aminmax dim:int|none keepdim:bool
torch.Tensor.any dim:int|ints|none keepdim:bool
torch.Tensor.arctan2 other:tensor
torch.Tensor.arctan2_ other:tensor
torch.Tensor.argmax dim:int|none keepdim:bool
torch.Tensor.argmin dim:int|none keepdim:bool
torch.Tensor.argsort dim:int descending:bool stable:bool
torch.Tensor.as_strided size:ints stride:ints storage_offset:int|none
torch.Tensor.as_strided_ size:ints stride:ints storage_offset:int|none
torch.Tensor.atan2 a:float|int|number
torch.Tensor.atan2_ other:tensor
torch.Tensor.baddbmm batch1:tensor batch2:tensor beta:number alpha:number
torch.Tensor.baddbmm_ batch1:tensor batch2:tensor beta:number alpha:number
torch.Tensor.bernoulli p:float|tensor
torch.Tensor.bernoulli_ p:float|tensor
torch.Tensor.bincount weights:none|tensor minlength:int
torch.Tensor.bitwise_and other:number|tensor
torch.Tensor.bitwise_and_ other:number|tensor
torch.Tensor.bitwise_left_shift other:number|tensor
torch.Tensor.bitwise_left_shift_ other:number|tensor
torch.Tensor.bitwise_or other:number|tensor
torch.Tensor.bitwise_or_ other:number|tensor
torch.Tensor.bitwise_right_shift other:number|tensor
torch.Tensor.bitwise_right_shift_ other:number|tensor
torch.Tensor.bitwise_xor other:number|tensor
torch.Tensor.bitwise_xor_ other:number|tensor
torch.Tensor.bmm mat2:tensor
torch.Tensor.broadcast_to size:ints
torch.Tensor.cauchy_ median:float sigma:float
torch.Tensor.ceil a:float|int|number
torch.Tensor.cholesky_inverse upper:bool
torch.Tensor.cholesky_solve input2:tensor upper:bool
torch.Tensor.chunk chunks:int dim:int
torch.Tensor.clamp min:none|number|tensor max:none|number|tensor
torch.Tensor.clamp_ min:none|number|tensor max:none|number|tensor
torch.Tensor.clamp_max max:number|tensor
torch.Tensor.clamp_max_ max:number|tensor
torch.Tensor.clamp_min min:number|tensor
torch.Tensor.clamp_min_ min:number|tensor
torch.Tensor.clip min:none|number|tensor max:none|number|tensor
torch.Tensor.clip_ min:none|number|tensor max:none|number|tensor
torch.Tensor.copy_ non_blocking:bool
torch.Tensor.copysign a:float|int|number
torch.Tensor.copysign_ other:number|tensor
torch.Tensor.count_nonzero dim:int|ints|none
torch.Tensor.cov correction:int fweights:none|tensor aweights:none|tensor
torch.Tensor.cross other:tensor dim:int|none
torch.Tensor.cummax dim:int
torch.Tensor.cummin dim:int
torch.Tensor.cumprod dim:int
torch.Tensor.cumprod_ dim:int
torch.Tensor.cumsum dim:int
torch.Tensor.cumsum_ dim:int
torch.Tensor.diag diagonal:int
torch.Tensor.diag_embed offset:int dim1:int dim2:int
torch.Tensor.diagflat offset:int
torch.Tensor.diagonal offset:int dim1:int dim2:int
torch.Tensor.diagonal_scatter src:tensor offset:int dim1:int dim2:int
torch.Tensor.diff n:int dim:int prepend:none|tensor append:none|tensor
torch.Tensor.dist other:tensor p:number
torch.Tensor.div rounding_mode:none|str
torch.Tensor.div_ other:number|tensor rounding_mode:none|str
torch.Tensor.divide other:number|tensor rounding_mode:none|str
torch.Tensor.divide_ other:number|tensor rounding_mode:none|str
torch.Tensor.dot tensor:tensor
torch.Tensor.eq_ other:number|tensor
torch.Tensor.equal other:tensor
torch.Tensor.erf a:float|int|number
torch.Tensor.erfc a:float|int|number
torch.Tensor.expand size:ints implicit:bool
torch.Tensor.expand_as other:tensor
torch.Tensor.expm1 a:float|int|number
torch.Tensor.exponential_ lambd:float
torch.Tensor.fill_ value:number|tensor
torch.Tensor.fill_diagonal_ fill_value:number wrap:bool
torch.Tensor.flatten start_dim:int end_dim:int
torch.Tensor.flip dims:ints
torch.Tensor.float_power exponent:number|tensor
torch.Tensor.float_power_ exponent:number|tensor
torch.Tensor.floor a:float|int|number
torch.Tensor.floor_divide other:number|tensor
torch.Tensor.floor_divide_ other:number|tensor
torch.Tensor.fmax other:tensor
torch.Tensor.fmin other:tensor
torch.Tensor.fmod a:float|int|number
torch.Tensor.fmod_ other:number|tensor
torch.Tensor.frexp a:float
torch.Tensor.gather dim:int index:tensor sparse_grad:bool
torch.Tensor.gcd a:int
torch.Tensor.gcd_ other:tensor
torch.Tensor.ge a:float|int|number|str
torch.Tensor.ge_ other:number|tensor
torch.Tensor.geometric_ p:float
torch.Tensor.ger vec2:tensor
torch.Tensor.greater other:number|tensor
torch.Tensor.greater_ other:number|tensor
torch.Tensor.greater_equal other:number|tensor
torch.Tensor.greater_equal_ other:number|tensor
torch.Tensor.gt a:float|int|number|str
torch.Tensor.gt_ other:number|tensor
torch.Tensor.hardshrink lambd:number
torch.Tensor.heaviside values:tensor
torch.Tensor.heaviside_ values:tensor
torch.Tensor.histc bins:int min:number max:number
torch.Tensor.hypot other:tensor
torch.Tensor.hypot_ other:tensor
torch.Tensor.igamma other:tensor
torch.Tensor.igamma_ other:tensor
torch.Tensor.igammac other:tensor
torch.Tensor.igammac_ other:tensor
torch.Tensor.index_add dim:int index:tensor source:tensor alpha:number
torch.Tensor.index_add_ dim:int index:tensor source:tensor alpha:number
torch.Tensor.index_copy dim:int index:tensor source:tensor
torch.Tensor.index_copy_ dim:int index:tensor source:tensor
torch.Tensor.index_fill dim:int index:tensor value:number|tensor
torch.Tensor.index_fill_ dim:int index:tensor value:number|tensor
torch.Tensor.index_put indices:tensors values:tensor accumulate:bool
torch.Tensor.index_put_ indices:tensors values:tensor accumulate:bool
torch.Tensor.index_reduce dim:int index:tensor source:tensor reduce:str include_self:bool
torch.Tensor.index_reduce_ dim:int index:tensor source:tensor reduce:str include_self:bool
torch.Tensor.index_select dim:int index:tensor
torch.Tensor.inner other:tensor
torch.Tensor.is_same_size other:tensor
torch.Tensor.isclose other:tensor rtol:float atol:float equal_nan:bool
torch.Tensor.kron other:tensor
torch.Tensor.kthvalue k:int dim:int keepdim:bool values:tensor indices:tensor
torch.Tensor.lcm other:tensor
torch.Tensor.lcm_ other:tensor
torch.Tensor.ldexp x:float
torch.Tensor.ldexp_ other:tensor
torch.Tensor.le a:float|int|number|str
torch.Tensor.le_ other:number|tensor
torch.Tensor.lerp end:tensor weight:number|tensor
torch.Tensor.lerp_ end:tensor weight:number|tensor
torch.Tensor.less other:number|tensor
torch.Tensor.less_ other:number|tensor
torch.Tensor.less_equal other:number|tensor
torch.Tensor.less_equal_ other:number|tensor
torch.Tensor.lgamma a:float|int|number
torch.Tensor.log1p a:float|int|number
torch.Tensor.log_normal_ mean:float std:float
torch.Tensor.log_softmax dim:int
torch.Tensor.logaddexp other:tensor
torch.Tensor.logaddexp2 other:tensor
torch.Tensor.logcumsumexp dim:int
torch.Tensor.logical_and other:tensor
torch.Tensor.logical_and_ other:tensor
torch.Tensor.logical_or other:tensor
torch.Tensor.logical_or_ other:tensor
torch.Tensor.logical_xor other:tensor
torch.Tensor.logical_xor_ other:tensor
torch.Tensor.logit eps:float|none
torch.Tensor.logit_ eps:float|none
torch.Tensor.logsumexp dim:ints keepdim:bool
torch.Tensor.lt a:float|int|number|str
torch.Tensor.lt_ other:number|tensor
torch.Tensor.masked_fill mask:tensor value:number|tensor
torch.Tensor.masked_fill_ mask:tensor value:number|tensor
torch.Tensor.masked_scatter mask:tensor source:tensor
torch.Tensor.masked_scatter_ mask:tensor source:tensor
torch.Tensor.masked_select mask:tensor
torch.Tensor.matmul other:tensor
torch.Tensor.matrix_power n:int
torch.Tensor.max keepdim:bool max:tensor max_values:tensor
torch.Tensor.maximum other:tensor
torch.Tensor.mean dim:ints|none keepdim:bool
torch.Tensor.median dim:int keepdim:bool values:tensor indices:tensor
torch.Tensor.min keepdim:bool min:tensor min_indices:tensor
torch.Tensor.minimum other:tensor
torch.Tensor.mm mat2:tensor
torch.Tensor.mode dim:int keepdim:bool values:tensor indices:tensor
torch.Tensor.moveaxis source:int|ints destination:int|ints
torch.Tensor.movedim source:int|ints destination:int|ints
torch.Tensor.multinomial num_samples:int replacement:bool
torch.Tensor.multiply other:number|tensor
torch.Tensor.multiply_ other:number|tensor
torch.Tensor.mv vec:tensor
torch.Tensor.mvlgamma p:int
torch.Tensor.mvlgamma_ p:int
torch.Tensor.nan_to_num nan:float|none posinf:float|none neginf:float|none
torch.Tensor.nan_to_num_ nan:float|none posinf:float|none neginf:float|none
torch.Tensor.nanmean dim:ints|none keepdim:bool
torch.Tensor.nanmedian dim:int keepdim:bool values:tensor indices:tensor
torch.Tensor.nanquantile q:float|tensor dim:int|none keepdim:bool interpolation:str
torch.Tensor.nansum dim:ints|none keepdim:bool
torch.Tensor.narrow dim:int start:int|tensor length:int
torch.Tensor.narrow_copy dim:int start:int length:int
torch.Tensor.ne_ other:number|tensor
torch.Tensor.new_empty size:ints pin_memory:bool|none
torch.Tensor.new_full size:ints fill_value:number pin_memory:bool|none
torch.Tensor.new_ones size:ints pin_memory:bool|none
torch.Tensor.new_zeros size:ints pin_memory:bool|none
torch.Tensor.nextafter other:tensor
torch.Tensor.nextafter_ other:tensor
torch.Tensor.normal_ mean:float std:float
torch.Tensor.not_equal other:number|tensor
torch.Tensor.not_equal_ other:number|tensor
torch.Tensor.outer vec2:tensor
torch.Tensor.permute dims:ints
torch.Tensor.pinverse rcond:float
torch.Tensor.polygamma n:int
torch.Tensor.pow_ exponent:number|tensor
torch.Tensor.prelu weight:tensor
torch.Tensor.prod dim:int keepdim:bool
torch.Tensor.put index:tensor source:tensor accumulate:bool
torch.Tensor.put_ index:tensor source:tensor accumulate:bool
torch.Tensor.quantile q:float|tensor dim:int|none keepdim:bool interpolation:str
torch.Tensor.remainder a:float|int|number
torch.Tensor.remainder_ other:number|tensor
torch.Tensor.renorm p:number dim:int maxnorm:number
torch.Tensor.renorm_ p:number dim:int maxnorm:number
torch.Tensor.repeat repeats:ints
torch.Tensor.repeat_interleave repeats:int|tensor output_size:int|none dim:int|none
torch.Tensor.requires_grad_ requires_grad:bool
torch.Tensor.reshape shape:ints
torch.Tensor.reshape_as other:tensor
torch.Tensor.resize_ size:ints
torch.Tensor.resize_as_ the_template:tensor
torch.Tensor.roll shifts:ints dims:ints
torch.Tensor.rot90 k:int dims:ints
torch.Tensor.round decimals:int a:float|int|number
torch.Tensor.round_ decimals:int
torch.Tensor.scatter dim:int index:tensor reduce:str
torch.Tensor.scatter_ dim:int index:tensor reduce:str
torch.Tensor.scatter_add dim:int index:tensor src:tensor
torch.Tensor.scatter_add_ dim:int index:tensor src:tensor
torch.Tensor.scatter_reduce dim:int index:tensor src:tensor reduce:str include_self:bool
torch.Tensor.scatter_reduce_ dim:int index:tensor src:tensor reduce:str include_self:bool
torch.Tensor.select index:int
torch.Tensor.select_scatter src:tensor dim:int index:int
torch.Tensor.set_ storage_offset:int size:ints stride:ints
torch.Tensor.size dim:int
torch.Tensor.slice_scatter src:tensor dim:int start:int|none end:int|none step:int
torch.Tensor.softmax dim:int
torch.Tensor.sort descending:bool stable:bool|none values:tensor indices:tensor
torch.Tensor.sparse_mask mask:tensor
torch.Tensor.sparse_resize_ size:ints sparse_dim:int dense_dim:int
torch.Tensor.split_with_sizes split_sizes:ints dim:int
torch.Tensor.squeeze dim:int|ints
torch.Tensor.squeeze_ dim:int|ints
torch.Tensor.std keepdim:bool correction:none|number
torch.Tensor.stride dim:int
torch.Tensor.sub alpha:number
torch.Tensor.sub_ other:number|tensor alpha:number
torch.Tensor.subtract other:number|tensor alpha:number
torch.Tensor.subtract_ other:number|tensor alpha:number
torch.Tensor.sum dim:ints|none keepdim:bool
torch.Tensor.sum_to_size size:ints
torch.Tensor.svd some:bool compute_uv:bool U:tensor S:tensor V:tensor
torch.Tensor.swapaxes axis0:int axis1:int
torch.Tensor.swapaxes_ axis0:int axis1:int
torch.Tensor.swapdims dim0:int dim1:int
torch.Tensor.swapdims_ dim0:int dim1:int
torch.Tensor.take index:tensor
torch.Tensor.take_along_dim indices:tensor dim:int|none
torch.Tensor.tensor_split dim:int
torch.Tensor.tile dims:ints
torch.Tensor.to_dense masked_grad:bool|none
torch.Tensor.to_sparse sparse_dim:int blocksize:ints|none dense_dim:int|none
torch.Tensor.topk k:int dim:int largest:bool sorted:bool values:tensor indices:tensor
torch.Tensor.transpose dim0:int dim1:int
torch.Tensor.transpose_ dim0:int dim1:int
torch.Tensor.triangular_solve A:tensor upper:bool transpose:bool unitriangular:bool X:tensor M:tensor
torch.Tensor.tril diagonal:int
torch.Tensor.tril_ diagonal:int
torch.Tensor.triu diagonal:int
torch.Tensor.triu_ diagonal:int
torch.Tensor.true_divide other:number|tensor
torch.Tensor.true_divide_ other:number|tensor
torch.Tensor.type_as other:tensor
torch.Tensor.unbind dim:int
torch.Tensor.unfold dimension:int size:int step:int
torch.Tensor.uniform_ from:float to:float
torch.Tensor.unsafe_chunk chunks:int dim:int
torch.Tensor.unsafe_split split_size:int dim:int
torch.Tensor.unsqueeze dim:int
torch.Tensor.unsqueeze_ dim:int
torch.Tensor.var keepdim:bool correction:none|number
torch.Tensor.vdot other:tensor
torch.Tensor.view size:ints
torch.Tensor.view_as other:tensor
torch.Tensor.where condition:tensor other:number|tensor
torch.Tensor.xlogy other:number|tensor
torch.Tensor.xlogy_ other:number|tensor
torch._C._nn.avg_pool2d kernel_size:ints stride:ints padding:ints ceil_mode:bool count_include_pad:bool divisor_override:int|none
torch._C._nn.avg_pool3d kernel_size:ints stride:ints padding:ints ceil_mode:bool count_include_pad:bool divisor_override:int|none
torch._C._nn.linear input:tensor weight:tensor bias:none|tensor
torch._C._nn.pad pad:ints mode:str value:float|none
torch._C._nn.scaled_dot_product_attention query:tensor key:tensor value:tensor attn_mask:none|tensor dropout_p:float is_causal:bool scale:float|none enable_gqa:bool
torch.adaptive_avg_pool1d output_size:ints
torch.add alpha:number
torch.addbmm batch1:tensor batch2:tensor beta:number alpha:number
torch.addcdiv tensor1:tensor tensor2:tensor value:number
torch.addcmul tensor1:tensor tensor2:tensor value:number
torch.addmm mat1:tensor mat2:tensor beta:number alpha:number
torch.addmv mat:tensor vec:tensor beta:number alpha:number
torch.addmv_ mat:tensor vec:tensor beta:number alpha:number
torch.addr vec1:tensor vec2:tensor beta:number alpha:number
torch.all dim:int|ints|none keepdim:bool
torch.allclose other:tensor rtol:float atol:float equal_nan:bool
torch.alpha_dropout input:tensor p:float train:bool
torch.amax dim:ints keepdim:bool
torch.amin dim:ints keepdim:bool
torch.aminmax dim:int|none keepdim:bool
torch.any dim:int|ints|none keepdim:bool
torch.arange pin_memory:bool|none step:number
torch.arctan2 other:tensor
torch.argmax dim:int|none keepdim:bool
torch.argmin dim:int|none keepdim:bool
torch.argsort dim:int descending:bool stable:bool
torch.as_strided size:ints stride:ints storage_offset:int|none
torch.as_strided_ size:ints stride:ints storage_offset:int|none
torch.atan2 a:float|int|number
torch.avg_pool1d kernel_size:ints stride:ints padding:ints ceil_mode:bool count_include_pad:bool
torch.baddbmm batch1:tensor batch2:tensor beta:number alpha:number
torch.bartlett_window window_length:int pin_memory:bool|none periodic:bool
torch.batch_norm input:tensor weight:none|tensor bias:none|tensor running_mean:none|tensor running_var:none|tensor training:bool momentum:float eps:float cudnn_enabled:bool
torch.bernoulli p:float|tensor
torch.bilinear input1:tensor input2:tensor weight:tensor bias:none|tensor
torch.bincount weights:none|tensor minlength:int
torch.bitwise_and other:number|tensor
torch.bitwise_left_shift other:number|tensor
torch.bitwise_or other:number|tensor
torch.bitwise_right_shift other:number|tensor
torch.bitwise_xor other:number|tensor
torch.blackman_window window_length:int pin_memory:bool|none periodic:bool
torch.bmm mat2:tensor
torch.broadcast_to size:ints
torch.bucketize boundaries:tensor out_int32:bool right:bool
torch.can_cast from_:int to:int
torch.cat tensors:tensors dim:int
torch.ceil a:float|int|number
torch.celu alpha:number
torch.channel_shuffle groups:int
torch.cholesky_inverse upper:bool
torch.cholesky_solve input2:tensor upper:bool
torch.chunk chunks:int dim:int
torch.clamp min:none|number|tensor max:none|number|tensor
torch.clamp_ min:none|number|tensor max:none|number|tensor
torch.clamp_max max:number|tensor
torch.clamp_max_ max:number|tensor
torch.clamp_min min:number|tensor
torch.clamp_min_ min:number|tensor
torch.clip min:none|number|tensor max:none|number|tensor
torch.clip_ min:none|number|tensor max:none|number|tensor
torch.column_stack tensors:tensors
torch.combinations r:int with_replacement:bool
torch.complex real:tensor imag:tensor
torch.concat tensors:tensors dim:int
torch.concatenate tensors:tensors dim:int
torch.constant_pad_nd pad:ints value:number
torch.conv1d input:tensor weight:tensor bias:none|tensor stride:ints padding:ints|str dilation:ints groups:int
torch.conv2d input:tensor weight:tensor bias:none|tensor stride:ints padding:ints|str dilation:ints groups:int
torch.conv3d input:tensor weight:tensor bias:none|tensor stride:ints padding:ints|str dilation:ints groups:int
torch.conv_transpose1d input:tensor weight:tensor bias:none|tensor stride:ints padding:ints output_padding:ints groups:int dilation:ints
torch.conv_transpose2d input:tensor weight:tensor bias:none|tensor stride:ints padding:ints output_padding:ints groups:int dilation:ints
torch.conv_transpose3d input:tensor weight:tensor bias:none|tensor stride:ints padding:ints output_padding:ints groups:int dilation:ints
torch.copysign a:float|int|number
torch.cosine_similarity x1:tensor x2:tensor dim:int eps:float
torch.count_nonzero dim:int|ints|none
torch.cov correction:int fweights:none|tensor aweights:none|tensor
torch.cross other:tensor dim:int|none
torch.cummax dim:int
torch.cummin dim:int
torch.cumprod dim:int
torch.cumsum dim:int
torch.cumulative_trapezoid y:tensor x:tensor dim:int dx:number
torch.diag diagonal:int
torch.diag_embed offset:int dim1:int dim2:int
torch.diagflat offset:int
torch.diagonal offset:int dim1:int dim2:int
torch.diagonal_scatter src:tensor offset:int dim1:int dim2:int
torch.diff n:int dim:int prepend:none|tensor append:none|tensor
torch.dist other:tensor p:number
torch.div rounding_mode:none|str
torch.divide other:number|tensor rounding_mode:none|str
torch.dot tensor:tensor
torch.dropout input:tensor p:float train:bool
torch.dstack tensors:tensors
torch.embedding weight:tensor indices:tensor padding_idx:int scale_grad_by_freq:bool sparse:bool
torch.empty size:ints pin_memory:bool|none
torch.empty_like pin_memory:bool|none
torch.empty_strided size:ints stride:ints pin_memory:bool|none
torch.equal other:tensor
torch.erf a:float|int|number
torch.erfc a:float|int|number
torch.expand_copy size:ints implicit:bool
torch.expm1 a:float|int|number
torch.eye n:int pin_memory:bool|none m:int
torch.feature_alpha_dropout input:tensor p:float train:bool
torch.feature_dropout input:tensor p:float train:bool
torch.fft.fft n:int|none dim:int norm:none|str
torch.fft.fft2 s:ints|none dim:ints norm:none|str
torch.fft.fftfreq n:int d:float pin_memory:bool|none
torch.fft.fftn s:ints|none dim:ints|none norm:none|str
torch.fft.fftshift dim:ints|none
torch.fft.ifft n:int|none dim:int norm:none|str
torch.fft.ifft2 s:ints|none dim:ints norm:none|str
torch.fft.ifftn s:ints|none dim:ints|none norm:none|str
torch.fft.ifftshift dim:ints|none
torch.fft.irfft n:int|none dim:int norm:none|str
torch.fft.irfft2 s:ints|none dim:ints norm:none|str
torch.fft.irfftn s:ints|none dim:ints|none norm:none|str
torch.fft.rfft n:int|none dim:int norm:none|str
torch.fft.rfft2 s:ints|none dim:ints norm:none|str
torch.fft.rfftfreq n:int d:float pin_memory:bool|none
torch.fft.rfftn s:ints|none dim:ints|none norm:none|str
torch.fill value:number|tensor
torch.flatten start_dim:int end_dim:int
torch.flip dims:ints
torch.float_power exponent:number|tensor
torch.floor a:float|int|number
torch.floor_divide other:number|tensor
torch.fmax other:tensor
torch.fmin other:tensor
torch.fmod a:float|int|number
torch.frexp a:float
torch.full size:ints fill_value:number pin_memory:bool|none
torch.full_like fill_value:number pin_memory:bool|none
torch.gather dim:int index:tensor sparse_grad:bool
torch.gcd a:int
torch.gcd_ other:tensor
torch.ge a:float|int|number|str
torch.ger vec2:tensor
torch.greater other:number|tensor
torch.greater_equal other:number|tensor
torch.grid_sampler input:tensor grid:tensor interpolation_mode:int padding_mode:int align_corners:bool
torch.group_norm input:tensor num_groups:int weight:none|tensor bias:none|tensor eps:float cudnn_enabled:bool
torch.gt a:float|int|number|str
torch.hamming_window window_length:int pin_memory:bool|none periodic:bool alpha:float beta:float
torch.hann_window window_length:int pin_memory:bool|none periodic:bool
torch.hardshrink lambd:number
torch.heaviside values:tensor
torch.histc bins:int min:number max:number
torch.hstack tensors:tensors
torch.hypot other:tensor
torch.igamma other:tensor
torch.igammac other:tensor
torch.index_add dim:int index:tensor source:tensor alpha:number
torch.index_copy dim:int index:tensor source:tensor
torch.index_fill dim:int index:tensor value:number|tensor
torch.index_put indices:tensors values:tensor accumulate:bool
torch.index_put_ indices:tensors values:tensor accumulate:bool
torch.index_reduce dim:int index:tensor source:tensor reduce:str include_self:bool
torch.index_select dim:int index:tensor
torch.inner other:tensor
torch.isclose other:tensor rtol:float atol:float equal_nan:bool
torch.isin assume_unique:bool invert:bool
torch.istft n_fft:int hop_length:int|none win_length:int|none window:none|tensor center:bool normalized:bool onesided:bool|none length:int|none return_complex:bool
torch.kaiser_window window_length:int pin_memory:bool|none periodic:bool beta:float
torch.kron other:tensor
torch.kthvalue k:int dim:int keepdim:bool values:tensor indices:tensor
torch.layer_norm input:tensor normalized_shape:ints weight:none|tensor bias:none|tensor eps:float cudnn_enable:bool
torch.lcm other:tensor
torch.lcm_ other:tensor
torch.ldexp x:float
torch.ldexp_ other:tensor
torch.le a:float|int|number|str
torch.lerp end:tensor weight:number|tensor
torch.less other:number|tensor
torch.less_equal other:number|tensor
torch.lgamma a:float|int|number
torch.linalg.cholesky upper:bool
torch.linalg.cond p:none|number|str
torch.linalg.cross other:tensor dim:int
torch.linalg.det A:tensor
torch.linalg.diagonal A:tensor offset:int dim1:int dim2:int
torch.linalg.eigh UPLO:str eigvals:tensor eigvecs:tensor
torch.linalg.eigvalsh UPLO:str
torch.linalg.inv A:tensor
torch.linalg.lstsq b:tensor rcond:float|none driver:none|str
torch.linalg.lu A:tensor pivot:bool
torch.linalg.lu_factor A:tensor pivot:bool
torch.linalg.matmul other:tensor
torch.linalg.matrix_norm ord:number|str dim:ints keepdim:bool
torch.linalg.matrix_power n:int
torch.linalg.matrix_rank tol:float|tensor hermitian:bool input:tensor atol:float|none|tensor rtol:float|none|tensor
torch.linalg.multi_dot tensors:tensors
torch.linalg.norm ord:none|number|str dim:ints|none keepdim:bool
torch.linalg.pinv rcond:float|tensor hermitian:bool atol:float|none|tensor rtol:float|none|tensor
torch.linalg.qr A:tensor mode:str
torch.linalg.slogdet A:tensor
torch.linalg.solve A:tensor B:tensor left:bool
torch.linalg.solve_triangular B:tensor upper:bool left:bool unitriangular:bool
torch.linalg.svd A:tensor full_matrices:bool driver:none|str U:tensor S:tensor Vh:tensor
torch.linalg.svdvals A:tensor driver:none|str
torch.linalg.vecdot x:tensor y:tensor dim:int
torch.linalg.vector_norm ord:number dim:ints|none keepdim:bool
torch.linspace start:number|tensor end:number|tensor steps:int pin_memory:bool|none
torch.log1p a:float|int|number
torch.log_softmax dim:int
torch.logaddexp other:tensor
torch.logaddexp2 other:tensor
torch.logcumsumexp dim:int
torch.logical_and other:tensor
torch.logical_or other:tensor
torch.logical_xor other:tensor
torch.logit eps:float|none
torch.logit_ eps:float|none
torch.logspace start:number|tensor end:number|tensor steps:int base:float pin_memory:bool|none
torch.logsumexp dim:ints keepdim:bool
torch.lt a:float|int|number|str
torch.lu_unpack LU_data:tensor LU_pivots:tensor unpack_data:bool unpack_pivots:bool
torch.masked_fill mask:tensor value:number|tensor
torch.masked_scatter mask:tensor source:tensor
torch.masked_select mask:tensor
torch.matmul other:tensor
torch.matrix_power n:int
torch.max keepdim:bool max:tensor max_values:tensor
torch.max_pool1d kernel_size:ints stride:ints padding:ints dilation:ints ceil_mode:bool
torch.max_pool2d kernel_size:ints stride:ints padding:ints dilation:ints ceil_mode:bool
torch.max_pool3d kernel_size:ints stride:ints padding:ints dilation:ints ceil_mode:bool
torch.maximum other:tensor
torch.mean dim:ints|none keepdim:bool
torch.median dim:int keepdim:bool values:tensor indices:tensor
torch.min keepdim:bool min:tensor min_indices:tensor
torch.minimum other:tensor
torch.mm mat2:tensor
torch.mode dim:int keepdim:bool values:tensor indices:tensor
torch.moveaxis source:int|ints destination:int|ints
torch.movedim source:int|ints destination:int|ints
torch.multinomial num_samples:int replacement:bool
torch.multiply other:number|tensor
torch.mv vec:tensor
torch.mvlgamma p:int
torch.nan_to_num nan:float|none posinf:float|none neginf:float|none
torch.nan_to_num_ nan:float|none posinf:float|none neginf:float|none
torch.nanmean dim:ints|none keepdim:bool
torch.nanmedian dim:int keepdim:bool values:tensor indices:tensor
torch.nanquantile q:float|tensor dim:int|none keepdim:bool interpolation:str
torch.nansum dim:ints|none keepdim:bool
torch.narrow dim:int start:int|tensor length:int
torch.narrow_copy dim:int start:int length:int
torch.native_channel_shuffle groups:int
torch.nextafter other:tensor
torch.nn.functional.adaptive_avg_pool1d output_size:ints
torch.nn.functional.avg_pool1d kernel_size:ints stride:ints padding:ints ceil_mode:bool count_include_pad:bool
torch.nn.functional.avg_pool2d kernel_size:ints stride:ints padding:ints ceil_mode:bool count_include_pad:bool divisor_override:int|none
torch.nn.functional.avg_pool3d kernel_size:ints stride:ints padding:ints ceil_mode:bool count_include_pad:bool divisor_override:int|none
torch.nn.functional.bilinear input1:tensor input2:tensor weight:tensor bias:none|tensor
torch.nn.functional.celu_ alpha:number
torch.nn.functional.channel_shuffle groups:int
torch.nn.functional.conv1d input:tensor weight:tensor bias:none|tensor stride:ints padding:ints|str dilation:ints groups:int
torch.nn.functional.conv2d input:tensor weight:tensor bias:none|tensor stride:ints padding:ints|str dilation:ints groups:int
torch.nn.functional.conv3d input:tensor weight:tensor bias:none|tensor stride:ints padding:ints|str dilation:ints groups:int
torch.nn.functional.conv_transpose1d input:tensor weight:tensor bias:none|tensor stride:ints padding:ints output_padding:ints groups:int dilation:ints
torch.nn.functional.conv_transpose2d input:tensor weight:tensor bias:none|tensor stride:ints padding:ints output_padding:ints groups:int dilation:ints
torch.nn.functional.conv_transpose3d input:tensor weight:tensor bias:none|tensor stride:ints padding:ints output_padding:ints groups:int dilation:ints
torch.nn.functional.cosine_similarity x1:tensor x2:tensor dim:int eps:float
torch.nn.functional.elu_ alpha:number scale:number input_scale:number
torch.nn.functional.gelu approximate:str
torch.nn.functional.hardshrink lambd:number
torch.nn.functional.hardtanh_ min_val:number max_val:number
torch.nn.functional.leaky_relu_ negative_slope:number
torch.nn.functional.linear input:tensor weight:tensor bias:none|tensor
torch.nn.functional.one_hot num_classes:int
torch.nn.functional.pairwise_distance x1:tensor x2:tensor p:float eps:float keepdim:bool
torch.nn.functional.pdist p:float
torch.nn.functional.pixel_shuffle upscale_factor:int
torch.nn.functional.pixel_unshuffle downscale_factor:int
torch.nn.functional.prelu weight:tensor
torch.nn.functional.rrelu_ lower:number upper:number training:bool
torch.nn.functional.scaled_dot_product_attention query:tensor key:tensor value:tensor attn_mask:none|tensor dropout_p:float is_causal:bool scale:float|none enable_gqa:bool
torch.nn.functional.softplus beta:number threshold:number
torch.nn.functional.softshrink lambd:number
torch.nn.functional.threshold_ threshold:number value:number
torch.normal mean:float|tensor std:float|tensor size:ints pin_memory:bool|none
torch.not_equal other:number|tensor
torch.ones size:ints pin_memory:bool|none
torch.ones_like pin_memory:bool|none
torch.outer vec2:tensor
torch.pairwise_distance x1:tensor x2:tensor p:float eps:float keepdim:bool
torch.permute dims:ints
torch.pinverse rcond:float
torch.pixel_shuffle upscale_factor:int
torch.pixel_unshuffle downscale_factor:int
torch.polygamma n:int
torch.prelu weight:tensor
torch.prod dim:int keepdim:bool
torch.promote_types type1:int type2:int
torch.put index:tensor source:tensor accumulate:bool
torch.quantile q:float|tensor dim:int|none keepdim:bool interpolation:str
torch.rand size:ints pin_memory:bool|none
torch.rand_like pin_memory:bool|none
torch.randint pin_memory:bool|none
torch.randint_like pin_memory:bool|none
torch.randn size:ints pin_memory:bool|none
torch.randn_like pin_memory:bool|none
torch.randperm n:int pin_memory:bool|none
torch.range start:number end:number step:number pin_memory:bool|none
torch.remainder a:float|int|number
torch.repeat_interleave repeats:int|tensor output_size:int|none dim:int|none
torch.reshape shape:ints
torch.rms_norm input:tensor normalized_shape:ints weight:none|tensor eps:float|none
torch.roll shifts:ints dims:ints
torch.rot90 k:int dims:ints
torch.round decimals:int a:float|int|number
torch.round_ decimals:int
torch.row_stack tensors:tensors
torch.rrelu lower:number upper:number training:bool
torch.rsub other:number|tensor alpha:number
torch.scalar_tensor s:number pin_memory:bool|none
torch.scatter dim:int index:tensor reduce:str
torch.scatter_add dim:int index:tensor src:tensor
torch.scatter_reduce dim:int index:tensor src:tensor reduce:str include_self:bool
torch.searchsorted sorted_sequence:tensor out_int32:bool right:bool side:none|str sorter:none|tensor
torch.select index:int
torch.select_scatter src:tensor dim:int index:int
torch.slice_scatter src:tensor dim:int start:int|none end:int|none step:int
torch.softmax dim:int
torch.sort descending:bool stable:bool|none values:tensor indices:tensor
torch.sparse.mm sparse:tensor dense:tensor reduce:str
torch.special.airy_ai x:tensor
torch.special.log_softmax dim:int
torch.special.logit eps:float|none
torch.special.logsumexp dim:ints keepdim:bool
torch.special.round decimals:int
torch.special.softmax dim:int
torch.special.xlog1py other:number|tensor
torch.special.xlogy other:number|tensor
torch.special.zeta other:number|tensor
torch.split_with_sizes split_sizes:ints dim:int
torch.squeeze dim:int|ints
torch.squeeze_copy dim:int|ints
torch.stack tensors:tensors dim:int
torch.std keepdim:bool correction:none|number
torch.std_mean keepdim:bool correction:none|number
torch.sub alpha:number
torch.subtract other:number|tensor alpha:number
torch.sum dim:ints|none keepdim:bool
torch.svd some:bool compute_uv:bool U:tensor S:tensor V:tensor
torch.swapaxes axis0:int axis1:int
torch.swapdims dim0:int dim1:int
torch.take index:tensor
torch.take_along_dim indices:tensor dim:int|none
torch.tensor requires_grad:bool
torch.tensor_split dim:int
torch.threshold threshold:number value:number
torch.tile dims:ints
torch.topk k:int dim:int largest:bool sorted:bool values:tensor indices:tensor
torch.transpose dim0:int dim1:int
torch.trapezoid y:tensor x:tensor dim:int dx:number
torch.trapz y:tensor x:tensor dim:int dx:float
torch.triangular_solve A:tensor upper:bool transpose:bool unitriangular:bool X:tensor M:tensor
torch.tril diagonal:int
torch.tril_indices row:int col:int offset:int pin_memory:bool|none
torch.triu diagonal:int
torch.triu_indices row:int col:int offset:int pin_memory:bool|none
torch.true_divide other:number|tensor
torch.unbind dim:int
torch.unflatten dim:int sizes:ints
torch.unsqueeze dim:int
torch.vander x:tensor N:int|none increasing:bool
torch.var keepdim:bool correction:none|number
torch.var_mean keepdim:bool correction:none|number
torch.vdot other:tensor
torch.vstack tensors:tensors
torch.where condition:tensor other:number|tensor
torch.xlogy other:number|tensor
torch.xlogy_ other:number|tensor
torch.zeros size:ints pin_memory:bool|none
torch.zeros_like pin_memory:bool|none
`;
