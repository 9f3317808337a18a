// Recorded from PyTorch 2.15.0 by `npm run record:keyword-names`: names of arguments beyond those of the tables' signatures. Do not edit.

export const recordedKeywordNames = `
torch.Tensor.__format__ format_spec:spec
torch.Tensor.add x2:other
torch.Tensor.add_ x2:other
torch.Tensor.allclose x2:other
torch.Tensor.aminmax axis:dim keepdims:keepdim
torch.Tensor.arctan2 x2:other
torch.Tensor.arctan2_ x2:other
torch.Tensor.argsort axis:dim
torch.Tensor.atan2 x2:other
torch.Tensor.atan2_ x2:other
torch.Tensor.bitwise_and x2:other
torch.Tensor.bitwise_and_ x2:other
torch.Tensor.bitwise_left_shift x2:other
torch.Tensor.bitwise_left_shift_ x2:other
torch.Tensor.bitwise_or x2:other
torch.Tensor.bitwise_or_ x2:other
torch.Tensor.bitwise_right_shift x2:other
torch.Tensor.bitwise_right_shift_ x2:other
torch.Tensor.bitwise_xor x2:other
torch.Tensor.bitwise_xor_ x2:other
torch.Tensor.bmm out_dtype:out
torch.Tensor.broadcast_to size:*size
torch.Tensor.cholesky_solve input2:other
torch.Tensor.chunk axis:dim
torch.Tensor.copysign x2:other
torch.Tensor.copysign_ x2:other
torch.Tensor.cross axis:dim x2:other
torch.Tensor.cummax axis:dim
torch.Tensor.cummin axis:dim
torch.Tensor.cumprod axis:dim
torch.Tensor.cumprod_ axis:dim
torch.Tensor.cumsum axis:dim
torch.Tensor.cumsum_ axis:dim
torch.Tensor.diff axis:dim
torch.Tensor.dist x2:other
torch.Tensor.div x2:other
torch.Tensor.div_ x2:other
torch.Tensor.divide x2:other
torch.Tensor.divide_ x2:other
torch.Tensor.dsplit sections:indices_or_sections indices:indices_or_sections
torch.Tensor.eq x2:other
torch.Tensor.eq_ x2:other
torch.Tensor.equal x2:other
torch.Tensor.expand size:*sizes
torch.Tensor.expand_as x2:other
torch.Tensor.flip dims:*dims
torch.Tensor.floor_divide x2:other
torch.Tensor.floor_divide_ x2:other
torch.Tensor.fmax x2:other
torch.Tensor.fmin x2:other
torch.Tensor.fmod x2:other
torch.Tensor.fmod_ x2:other
torch.Tensor.gather axis:dim
torch.Tensor.gcd x2:other
torch.Tensor.gcd_ x2:other
torch.Tensor.ge x2:other
torch.Tensor.ge_ x2:other
torch.Tensor.greater x2:other
torch.Tensor.greater_ x2:other
torch.Tensor.greater_equal x2:other
torch.Tensor.greater_equal_ x2:other
torch.Tensor.gt x2:other
torch.Tensor.gt_ x2:other
torch.Tensor.hsplit sections:indices_or_sections indices:indices_or_sections
torch.Tensor.hypot x2:other
torch.Tensor.hypot_ x2:other
torch.Tensor.igamma x2:other
torch.Tensor.igamma_ x2:other
torch.Tensor.igammac x2:other
torch.Tensor.igammac_ x2:other
torch.Tensor.index_add axis:dim
torch.Tensor.index_add_ axis:dim
torch.Tensor.index_copy axis:dim
torch.Tensor.index_copy_ axis:dim
torch.Tensor.index_fill axis:dim
torch.Tensor.index_fill_ axis:dim
torch.Tensor.index_reduce axis:dim
torch.Tensor.index_reduce_ axis:dim
torch.Tensor.index_select axis:dim
torch.Tensor.inner x2:other
torch.Tensor.is_same_size x2:other
torch.Tensor.isclose x2:other
torch.Tensor.kron x2:other
torch.Tensor.kthvalue axis:dim keepdims:keepdim
torch.Tensor.lcm x2:other
torch.Tensor.lcm_ x2:other
torch.Tensor.ldexp x2:other
torch.Tensor.ldexp_ x2:other
torch.Tensor.le x2:other
torch.Tensor.le_ x2:other
torch.Tensor.less x2:other
torch.Tensor.less_ x2:other
torch.Tensor.less_equal x2:other
torch.Tensor.less_equal_ x2:other
torch.Tensor.log_softmax axis:dim
torch.Tensor.logaddexp x2:other
torch.Tensor.logaddexp2 x2:other
torch.Tensor.logcumsumexp axis:dim
torch.Tensor.logical_and x2:other
torch.Tensor.logical_and_ x2:other
torch.Tensor.logical_or x2:other
torch.Tensor.logical_or_ x2:other
torch.Tensor.logical_xor x2:other
torch.Tensor.logical_xor_ x2:other
torch.Tensor.lt x2:other
torch.Tensor.lt_ x2:other
torch.Tensor.matmul x2:other
torch.Tensor.max x2:other
torch.Tensor.maximum x2:other
torch.Tensor.median axis:dim keepdims:keepdim
torch.Tensor.min x2:other
torch.Tensor.minimum x2:other
torch.Tensor.mm out_dtype:out
torch.Tensor.mode axis:dim keepdims:keepdim
torch.Tensor.mul x2:other
torch.Tensor.mul_ x2:other
torch.Tensor.multiply x2:other
torch.Tensor.multiply_ x2:other
torch.Tensor.nanmedian axis:dim keepdims:keepdim
torch.Tensor.nanquantile axis:dim keepdims:keepdim
torch.Tensor.narrow axis:dim
torch.Tensor.narrow_copy axis:dim
torch.Tensor.ne x2:other
torch.Tensor.ne_ x2:other
torch.Tensor.new_empty size:*size
torch.Tensor.new_ones size:*size
torch.Tensor.new_zeros size:*size
torch.Tensor.nextafter x2:other
torch.Tensor.nextafter_ x2:other
torch.Tensor.not_equal x2:other
torch.Tensor.not_equal_ x2:other
torch.Tensor.permute dims:*dims
torch.Tensor.quantile axis:dim keepdims:keepdim
torch.Tensor.remainder x2:other
torch.Tensor.remainder_ x2:other
torch.Tensor.renorm axis:dim
torch.Tensor.renorm_ axis:dim
torch.Tensor.repeat repeats:*repeats
torch.Tensor.repeat_interleave axis:dim
torch.Tensor.reshape shape:*shape
torch.Tensor.reshape_as x2:other
torch.Tensor.resize_ size:*sizes
torch.Tensor.resize_as_ the_template:other
torch.Tensor.scatter axis:dim
torch.Tensor.scatter_ axis:dim
torch.Tensor.scatter_add axis:dim
torch.Tensor.scatter_add_ axis:dim
torch.Tensor.scatter_reduce axis:dim
torch.Tensor.scatter_reduce_ axis:dim
torch.Tensor.select axis:dim
torch.Tensor.select_scatter axis:dim
torch.Tensor.size axis:dim
torch.Tensor.slice_scatter axis:dim
torch.Tensor.softmax axis:dim
torch.Tensor.sort axis:dim
torch.Tensor.split_with_sizes axis:dim
torch.Tensor.squeeze axis:dim
torch.Tensor.squeeze_ axis:dim
torch.Tensor.std keepdims:keepdim
torch.Tensor.stride axis:dim
torch.Tensor.sub x2:other
torch.Tensor.sub_ x2:other
torch.Tensor.subtract x2:other
torch.Tensor.subtract_ x2:other
torch.Tensor.sum_to_size size:*size
torch.Tensor.take_along_dim axis:dim
torch.Tensor.tensor_split tensor_indices_or_sections:indices_or_sections axis:dim
torch.Tensor.tile dims:*dims
torch.Tensor.topk axis:dim
torch.Tensor.triangular_solve A:other
torch.Tensor.true_divide x2:other
torch.Tensor.true_divide_ x2:other
torch.Tensor.type_as x2:other
torch.Tensor.unbind axis:dim
torch.Tensor.unflatten sizes:*sizes
torch.Tensor.unsafe_chunk axis:dim
torch.Tensor.unsafe_split axis:dim
torch.Tensor.unsqueeze axis:dim
torch.Tensor.unsqueeze_ axis:dim
torch.Tensor.var keepdims:keepdim
torch.Tensor.vdot other:tensor x2:tensor
torch.Tensor.view size:*shape dtype:*shape
torch.Tensor.view_as x2:other
torch.Tensor.vsplit sections:indices_or_sections indices:indices_or_sections
torch.Tensor.where x2:other
torch.Tensor.xlogy x2:other
torch.Tensor.xlogy_ x2:other
torch._C._nn.avg_pool2d x:input a:input x1:input
torch._C._nn.avg_pool3d x:input a:input x1:input
torch._C._nn.linear x:input a:input x1:input
torch._C._nn.pad x:input a:input x1:input
torch._grouped_mm input:mat_a mat2:mat_b x:mat_a a:mat_a x1:mat_a
torch.abs x:input a:input x1:input
torch.abs_ x:input a:input x1:input
torch.absolute x:input a:input x1:input
torch.acos x:input a:input x1:input
torch.acos_ x:input a:input x1:input
torch.acosh x:input a:input x1:input
torch.acosh_ x:input a:input x1:input
torch.adaptive_avg_pool1d x:input a:input x1:input
torch.add x:input a:input x1:input x2:other
torch.addbmm x:input a:input x1:input
torch.addcdiv x:input a:input x1:input
torch.addcmul x:input a:input x1:input
torch.addmm x:input a:input x1:input
torch.addmv x:input a:input x1:input
torch.addmv_ x:input a:input x1:input
torch.addr x:input a:input x1:input
torch.adjoint x:input a:input x1:input
torch.alias_copy x:input a:input x1:input
torch.all x:input a:input x1:input
torch.allclose x:input a:input x1:input x2:other
torch.alpha_dropout x:input a:input x1:input
torch.amax x:input a:input x1:input
torch.amin x:input a:input x1:input
torch.aminmax axis:dim keepdims:keepdim x:input a:input x1:input
torch.angle x:input a:input x1:input
torch.any x:input a:input x1:input
torch.arccos x:input a:input x1:input
torch.arccos_ x:input a:input x1:input
torch.arccosh x:input a:input x1:input
torch.arccosh_ x:input a:input x1:input
torch.arcsin x:input a:input x1:input
torch.arcsin_ x:input a:input x1:input
torch.arcsinh x:input a:input x1:input
torch.arcsinh_ x:input a:input x1:input
torch.arctan x:input a:input x1:input
torch.arctan2 x:input a:input x1:input x2:other
torch.arctan_ x:input a:input x1:input
torch.arctanh x:input a:input x1:input
torch.arctanh_ x:input a:input x1:input
torch.argmax x:input a:input x1:input
torch.argmin x:input a:input x1:input
torch.argsort axis:dim x:input a:input x1:input
torch.argwhere x:input a:input x1:input
torch.as_strided x:input a:input x1:input
torch.as_strided_ x:input a:input x1:input
torch.asin x:input a:input x1:input
torch.asin_ x:input a:input x1:input
torch.asinh x:input a:input x1:input
torch.asinh_ x:input a:input x1:input
torch.atan x:input a:input x1:input
torch.atan2 x:input a:input x1:input x2:other
torch.atan_ x:input a:input x1:input
torch.atanh x:input a:input x1:input
torch.atanh_ x:input a:input x1:input
torch.avg_pool1d x:input a:input x1:input
torch.baddbmm x:input a:input x1:input
torch.batch_norm x:input a:input x1:input
torch.bernoulli x:input a:input x1:input
torch.bincount x:input a:input x1:input
torch.bitwise_and x:input a:input x1:input x2:other
torch.bitwise_left_shift x:input a:input x1:input x2:other
torch.bitwise_not x:input a:input x1:input
torch.bitwise_or x:input a:input x1:input x2:other
torch.bitwise_right_shift x:input a:input x1:input x2:other
torch.bitwise_xor x:input a:input x1:input x2:other
torch.bmm out_dtype:out x:input a:input x1:input
torch.broadcast_to x:input a:input x1:input
torch.bucketize x:input a:input x1:input
torch.ceil x:input a:input x1:input
torch.ceil_ x:input a:input x1:input
torch.celu x:input a:input x1:input
torch.channel_shuffle x:input a:input x1:input
torch.cholesky input:A
torch.cholesky_inverse x:input a:input x1:input
torch.cholesky_solve input2:other x:input a:input x1:input
torch.chunk axis:dim x:input a:input x1:input
torch.clamp x:input a:input x1:input
torch.clamp_ x:input a:input x1:input
torch.clamp_max x:input a:input x1:input
torch.clamp_max_ x:input a:input x1:input
torch.clamp_min x:input a:input x1:input
torch.clamp_min_ x:input a:input x1:input
torch.clip x:input a:input x1:input
torch.clip_ x:input a:input x1:input
torch.clone x:input a:input x1:input
torch.combinations x:input a:input x1:input
torch.conj x:input a:input x1:input
torch.conj_physical x:input a:input x1:input
torch.conj_physical_ x:input a:input x1:input
torch.constant_pad_nd x:input a:input x1:input
torch.conv1d x:input a:input x1:input
torch.conv2d x:input a:input x1:input
torch.conv3d x:input a:input x1:input
torch.conv_transpose1d x:input a:input x1:input
torch.conv_transpose2d x:input a:input x1:input
torch.conv_transpose3d x:input a:input x1:input
torch.copysign x:input a:input x1:input x2:other
torch.corrcoef x:input a:input x1:input
torch.cos x:input a:input x1:input
torch.cos_ x:input a:input x1:input
torch.cosh x:input a:input x1:input
torch.cosh_ x:input a:input x1:input
torch.cosine_similarity axis:dim
torch.count_nonzero x:input a:input x1:input
torch.cov x:input a:input x1:input
torch.cross axis:dim x:input a:input x1:input x2:other
torch.cummax axis:dim x:input a:input x1:input
torch.cummin axis:dim x:input a:input x1:input
torch.cumprod axis:dim x:input a:input x1:input
torch.cumsum axis:dim x:input a:input x1:input
torch.cumulative_trapezoid axis:dim
torch.deg2rad x:input a:input x1:input
torch.deg2rad_ x:input a:input x1:input
torch.det input:A x:A a:A x1:A
torch.detach x:input a:input x1:input
torch.detach_ x:input a:input x1:input
torch.diag x:input a:input x1:input
torch.diag_embed x:input a:input x1:input
torch.diagflat x:input a:input x1:input
torch.diagonal x:input a:input x1:input
torch.diagonal_scatter x:input a:input x1:input
torch.diff axis:dim x:input a:input x1:input
torch.digamma x:input a:input x1:input
torch.dist x:input a:input x1:input x2:other
torch.div x:input a:input x1:input x2:other
torch.divide x:input a:input x1:input x2:other
torch.dot x:input a:input x1:input
torch.dropout x:input a:input x1:input
torch.dsplit sections:indices_or_sections indices:indices_or_sections x:input a:input x1:input
torch.embedding indices:input
torch.empty_like x:input a:input x1:input
torch.eq x:input x1:input x2:other
torch.equal x:input a:input x1:input x2:other
torch.erf x:input a:input x1:input
torch.erf_ x:input a:input x1:input
torch.erfc x:input a:input x1:input
torch.erfc_ x:input a:input x1:input
torch.erfinv x:input a:input x1:input
torch.exp x:input a:input x1:input
torch.exp2 x:input a:input x1:input
torch.exp2_ x:input a:input x1:input
torch.exp_ x:input a:input x1:input
torch.expand_copy x:input a:input x1:input
torch.expm1 x:input a:input x1:input
torch.expm1_ x:input a:input x1:input
torch.feature_alpha_dropout x:input a:input x1:input
torch.feature_dropout x:input a:input x1:input
torch.fft.fft axis:dim x:input a:input x1:input
torch.fft.fft2 axis:dim x:input a:input x1:input
torch.fft.fftn axis:dim x:input a:input x1:input
torch.fft.fftshift axis:dim x:input a:input x1:input
torch.fft.ifft axis:dim x:input a:input x1:input
torch.fft.ifft2 axis:dim x:input a:input x1:input
torch.fft.ifftn axis:dim x:input a:input x1:input
torch.fft.ifftshift axis:dim x:input a:input x1:input
torch.fft.irfft axis:dim x:input a:input x1:input
torch.fft.irfft2 axis:dim x:input a:input x1:input
torch.fft.irfftn axis:dim x:input a:input x1:input
torch.fft.rfft axis:dim x:input a:input x1:input
torch.fft.rfft2 axis:dim x:input a:input x1:input
torch.fft.rfftn axis:dim x:input a:input x1:input
torch.fill x:input a:input x1:input
torch.fix x:input a:input x1:input
torch.fix_ x:input a:input x1:input
torch.flatten x:input a:input x1:input
torch.flip x:input a:input x1:input
torch.fliplr x:input a:input x1:input
torch.flipud x:input a:input x1:input
torch.float_power x:input a:input x1:input
torch.floor x:input a:input x1:input
torch.floor_ x:input a:input x1:input
torch.floor_divide x:input a:input x1:input x2:other
torch.fmax x:input a:input x1:input x2:other
torch.fmin x:input a:input x1:input x2:other
torch.fmod x:input a:input x1:input x2:other
torch.frac x:input a:input x1:input
torch.frac_ x:input a:input x1:input
torch.frexp x:input a:input x1:input
torch.full_like x:input a:input x1:input
torch.gather axis:dim x:input a:input x1:input
torch.gcd x:input a:input x1:input x2:other
torch.gcd_ x:input a:input x1:input x2:other
torch.ge x:input a:input x1:input x2:other
torch.ger x:input a:input x1:input
torch.greater x:input a:input x1:input x2:other
torch.greater_equal x:input a:input x1:input x2:other
torch.grid_sampler x:input a:input x1:input
torch.group_norm x:input a:input x1:input
torch.gt x:input a:input x1:input x2:other
torch.hardshrink x:input a:input x1:input
torch.heaviside x:input a:input x1:input
torch.histc x:input a:input x1:input
torch.hsplit sections:indices_or_sections indices:indices_or_sections x:input a:input x1:input
torch.hypot x:input a:input x1:input x2:other
torch.i0 x:input a:input x1:input
torch.i0_ x:input a:input x1:input
torch.igamma x:input a:input x1:input x2:other
torch.igammac x:input a:input x1:input x2:other
torch.imag x:input a:input x1:input
torch.index_add axis:dim x:input a:input x1:input
torch.index_copy axis:dim x:input a:input x1:input
torch.index_fill axis:dim x:input a:input x1:input
torch.index_put x:input a:input x1:input
torch.index_put_ x:input a:input x1:input
torch.index_reduce axis:dim x:input a:input x1:input
torch.index_select axis:dim x:input a:input x1:input
torch.inner x:input a:input x1:input x2:other
torch.inverse input:A x:A a:A x1:A
torch.is_complex x:input a:input x1:input
torch.is_floating_point x:input a:input x1:input
torch.is_nonzero x:input a:input x1:input
torch.isclose x:input a:input x1:input x2:other
torch.isfinite x:input a:input x1:input
torch.isinf x:input a:input x1:input
torch.isnan x:input a:input x1:input
torch.isneginf x:input a:input x1:input
torch.isposinf x:input a:input x1:input
torch.isreal x:input a:input x1:input
torch.istft x:input a:input x1:input
torch.kron x:input a:input x1:input x2:other
torch.kthvalue axis:dim keepdims:keepdim x:input a:input x1:input
torch.layer_norm x:input a:input x1:input
torch.lcm x:input a:input x1:input x2:other
torch.lcm_ x:input a:input x1:input x2:other
torch.ldexp x:input a:input x1:input x2:other
torch.ldexp_ x:input a:input x1:input x2:other
torch.le x:input a:input x1:input x2:other
torch.lerp x:input a:input x1:input
torch.less x:input a:input x1:input x2:other
torch.less_equal x:input a:input x1:input x2:other
torch.lgamma x:input a:input x1:input
torch.linalg.cholesky input:A x:A a:A x1:A
torch.linalg.cond input:A x:A a:A x1:A
torch.linalg.cross axis:dim x:input a:input x1:input x2:other
torch.linalg.diagonal A:input
torch.linalg.eig input:A x:A a:A x1:A
torch.linalg.eigh input:A x:A a:A x1:A
torch.linalg.eigvals input:A x:A a:A x1:A
torch.linalg.eigvalsh input:A x:A a:A x1:A
torch.linalg.lstsq input:A b:B x:A a:A x1:A
torch.linalg.matmul x:input a:input x1:input x2:other
torch.linalg.matrix_exp input:A x:A a:A x1:A
torch.linalg.matrix_norm input:A axis:dim keepdims:keepdim x:A a:A x1:A
torch.linalg.matrix_power input:A x:A a:A x1:A
torch.linalg.matrix_rank input:A x:A a:A x1:A
torch.linalg.norm input:A axis:dim keepdims:keepdim x:A a:A x1:A
torch.linalg.pinv input:A x:A a:A x1:A
torch.linalg.slogdet A:input
torch.linalg.solve_triangular input:A x:A a:A x1:A
torch.linalg.vecdot axis:dim
torch.linalg.vector_norm input:x axis:dim keepdims:keepdim a:x x1:x
torch.log x:input a:input x1:input
torch.log10 x:input a:input x1:input
torch.log10_ x:input a:input x1:input
torch.log1p x:input a:input x1:input
torch.log1p_ x:input a:input x1:input
torch.log2 x:input a:input x1:input
torch.log2_ x:input a:input x1:input
torch.log_ x:input a:input x1:input
torch.log_softmax axis:dim x:input a:input x1:input
torch.logaddexp x:input a:input x1:input x2:other
torch.logaddexp2 x:input a:input x1:input x2:other
torch.logcumsumexp axis:dim x:input a:input x1:input
torch.logdet input:A x:A a:A x1:A
torch.logical_and x:input a:input x1:input x2:other
torch.logical_not x:input a:input x1:input
torch.logical_or x:input a:input x1:input x2:other
torch.logical_xor x:input a:input x1:input x2:other
torch.logit x:input a:input x1:input
torch.logit_ x:input a:input x1:input
torch.logsumexp x:input a:input x1:input
torch.lt x:input a:input x1:input x2:other
torch.masked_fill x:input a:input x1:input
torch.masked_scatter x:input a:input x1:input
torch.masked_select x:input a:input x1:input
torch.matmul x:input a:input x1:input x2:other
torch.matrix_exp input:A x:A a:A x1:A
torch.matrix_power input:A x:A a:A x1:A
torch.max x:input a:input x1:input x2:other
torch.max_pool1d x:input a:input x1:input
torch.max_pool2d x:input a:input x1:input
torch.max_pool3d x:input a:input x1:input
torch.maximum x:input a:input x1:input x2:other
torch.mean x:input a:input x1:input
torch.median axis:dim keepdims:keepdim x:input a:input x1:input
torch.min x:input a:input x1:input x2:other
torch.minimum x:input a:input x1:input x2:other
torch.mm out_dtype:out x:input a:input x1:input
torch.mode axis:dim keepdims:keepdim x:input a:input x1:input
torch.moveaxis x:input a:input x1:input
torch.movedim x:input a:input x1:input
torch.msort x:input a:input x1:input
torch.mul x:input a:input x1:input x2:other
torch.multinomial x:input a:input x1:input
torch.multiply x:input a:input x1:input x2:other
torch.mv x:input a:input x1:input
torch.mvlgamma x:input a:input x1:input
torch.nan_to_num x:input a:input x1:input
torch.nan_to_num_ x:input a:input x1:input
torch.nanmean x:input a:input x1:input
torch.nanmedian axis:dim keepdims:keepdim x:input a:input x1:input
torch.nanquantile axis:dim keepdims:keepdim x:input a:input x1:input
torch.nansum x:input a:input x1:input
torch.narrow axis:dim x:input a:input x1:input
torch.narrow_copy axis:dim x:input a:input x1:input
torch.native_channel_shuffle x:input a:input x1:input
torch.ne x:input x1:input x2:other
torch.neg x:input a:input x1:input
torch.neg_ x:input a:input x1:input
torch.negative x:input a:input x1:input
torch.negative_ x:input a:input x1:input
torch.nextafter x:input a:input x1:input x2:other
torch.nn.functional.adaptive_avg_pool1d x:input a:input x1:input
torch.nn.functional.avg_pool1d x:input a:input x1:input
torch.nn.functional.avg_pool2d x:input a:input x1:input
torch.nn.functional.avg_pool3d x:input a:input x1:input
torch.nn.functional.celu_ x:input a:input x1:input
torch.nn.functional.channel_shuffle x:input a:input x1:input
torch.nn.functional.conv1d x:input a:input x1:input
torch.nn.functional.conv2d x:input a:input x1:input
torch.nn.functional.conv3d x:input a:input x1:input
torch.nn.functional.conv_transpose1d x:input a:input x1:input
torch.nn.functional.conv_transpose2d x:input a:input x1:input
torch.nn.functional.conv_transpose3d x:input a:input x1:input
torch.nn.functional.cosine_similarity axis:dim
torch.nn.functional.elu_ scale:inplace x:input a:input x1:input
torch.nn.functional.gelu x:input a:input x1:input
torch.nn.functional.hardshrink x:input a:input x1:input
torch.nn.functional.hardtanh_ x:input a:input x1:input
torch.nn.functional.leaky_relu_ x:input a:input x1:input
torch.nn.functional.linear x:input a:input x1:input
torch.nn.functional.logsigmoid x:input a:input x1:input
torch.nn.functional.one_hot input:tensor x:tensor a:tensor x1:tensor
torch.nn.functional.pairwise_distance keepdims:keepdim
torch.nn.functional.pdist x:input a:input x1:input
torch.nn.functional.pixel_shuffle x:input a:input x1:input
torch.nn.functional.pixel_unshuffle x:input a:input x1:input
torch.nn.functional.prelu x:input a:input x1:input
torch.nn.functional.relu_ x:input a:input x1:input
torch.nn.functional.rrelu_ x:input a:input x1:input
torch.nn.functional.selu_ x:input a:input x1:input
torch.nn.functional.softplus x:input a:input x1:input
torch.nn.functional.softshrink x:input a:input x1:input
torch.nn.functional.threshold_ x:input a:input x1:input
torch.nonzero x:input a:input x1:input
torch.not_equal x:input a:input x1:input x2:other
torch.numel x:input a:input x1:input
torch.ones_like x:input a:input x1:input
torch.outer x:input a:input x1:input
torch.pairwise_distance keepdims:keepdim
torch.permute x:input a:input x1:input
torch.pinverse input:A x:A a:A x1:A
torch.pixel_shuffle x:input a:input x1:input
torch.pixel_unshuffle x:input a:input x1:input
torch.poisson x:input a:input x1:input
torch.positive x:input a:input x1:input
torch.pow x:input a:input x1:input
torch.prelu x:input a:input x1:input
torch.prod x:input a:input x1:input
torch.put x:input a:input x1:input
torch.qr input:A
torch.quantile axis:dim keepdims:keepdim x:input a:input x1:input
torch.rad2deg x:input a:input x1:input
torch.rad2deg_ x:input a:input x1:input
torch.rand_like x:input a:input x1:input
torch.randint_like x:input a:input x1:input
torch.randn_like x:input a:input x1:input
torch.ravel x:input a:input x1:input
torch.real x:input a:input x1:input
torch.reciprocal x:input a:input x1:input
torch.reciprocal_ x:input a:input x1:input
torch.relu x:input a:input x1:input
torch.relu_ x:input a:input x1:input
torch.remainder x:input a:input x1:input x2:other
torch.repeat_interleave axis:dim x:input a:input x1:input
torch.reshape x:input a:input x1:input
torch.resolve_conj x:input a:input x1:input
torch.result_type tensor:tensor1 other:tensor2 scalar:tensor1 scalar1:tensor1 scalar2:tensor2 x2:tensor2
torch.rms_norm x:input a:input x1:input
torch.roll x:input a:input x1:input
torch.rot90 x:input a:input x1:input
torch.round x:input a:input x1:input
torch.round_ x:input a:input x1:input
torch.rrelu x:input a:input x1:input
torch.rsqrt x:input a:input x1:input
torch.rsqrt_ x:input a:input x1:input
torch.rsub x:input a:input x1:input x2:other
torch.scalar_tensor s:data
torch.scatter axis:dim x:input a:input x1:input
torch.scatter_add axis:dim x:input a:input x1:input
torch.scatter_reduce axis:dim x:input a:input x1:input
torch.searchsorted x:input a:input x1:input
torch.select axis:dim x:input a:input x1:input
torch.select_scatter axis:dim x:input a:input x1:input
torch.selu x:input a:input x1:input
torch.selu_ x:input a:input x1:input
torch.sgn x:input a:input x1:input
torch.sigmoid x:input a:input x1:input
torch.sigmoid_ x:input a:input x1:input
torch.sign x:input a:input x1:input
torch.signbit x:input a:input x1:input
torch.sin x:input a:input x1:input
torch.sin_ x:input a:input x1:input
torch.sinc x:input a:input x1:input
torch.sinc_ x:input a:input x1:input
torch.sinh x:input a:input x1:input
torch.sinh_ x:input a:input x1:input
torch.slice_scatter axis:dim x:input a:input x1:input
torch.slogdet x:input a:input x1:input
torch.softmax axis:dim x:input a:input x1:input
torch.solve input:B
torch.sort axis:dim x:input a:input x1:input
torch.sparse.mm sparse:input dense:mat2 reduce:out
torch.special.airy_ai x:input
torch.special.bessel_j0 x:input a:input x1:input
torch.special.bessel_j1 x:input a:input x1:input
torch.special.bessel_y0 x:input a:input x1:input
torch.special.bessel_y1 x:input a:input x1:input
torch.special.digamma x:input a:input x1:input
torch.special.entr x:input a:input x1:input
torch.special.erf x:input a:input x1:input
torch.special.erfc x:input a:input x1:input
torch.special.erfcx x:input a:input x1:input
torch.special.erfinv x:input a:input x1:input
torch.special.exp2 x:input a:input x1:input
torch.special.expit x:input a:input x1:input
torch.special.expm1 x:input a:input x1:input
torch.special.gammaln x:input a:input x1:input
torch.special.i0 x:input a:input x1:input
torch.special.i0e x:input a:input x1:input
torch.special.i1 x:input a:input x1:input
torch.special.i1e x:input a:input x1:input
torch.special.log1p x:input a:input x1:input
torch.special.log_ndtr x:input a:input x1:input
torch.special.log_softmax axis:dim x:input a:input x1:input
torch.special.logit x:input a:input x1:input
torch.special.logsumexp axis:dim keepdims:keepdim x:input a:input x1:input
torch.special.ndtr x:input a:input x1:input
torch.special.ndtri x:input a:input x1:input
torch.special.psi x:input a:input x1:input
torch.special.round x:input a:input x1:input
torch.special.sinc x:input a:input x1:input
torch.special.softmax axis:dim x:input a:input x1:input
torch.special.xlog1py x:input a:input x1:input x2:other
torch.special.xlogy x:input a:input x1:input x2:other
torch.special.zeta x:input a:input x1:input x2:other
torch.split_with_sizes axis:dim x:input a:input x1:input
torch.sqrt x:input a:input x1:input
torch.sqrt_ x:input a:input x1:input
torch.square x:input a:input x1:input
torch.square_ x:input a:input x1:input
torch.squeeze axis:dim x:input a:input x1:input
torch.squeeze_copy axis:dim x:input a:input x1:input
torch.stack axis:dim
torch.std keepdims:keepdim x:input a:input x1:input
torch.std_mean axis:dim keepdims:keepdim x:input a:input x1:input
torch.sub x:input a:input x1:input x2:other
torch.subtract x:input a:input x1:input x2:other
torch.sum x:input a:input x1:input
torch.svd input:A x:A a:A x1:A
torch.swapaxes axis0:dim0 axis1:dim1 x:input a:input x1:input
torch.swapdims x:input a:input x1:input
torch.t x:input a:input x1:input
torch.take x:input a:input x1:input
torch.take_along_dim axis:dim x:input a:input x1:input
torch.tan x:input a:input x1:input
torch.tan_ x:input a:input x1:input
torch.tanh x:input a:input x1:input
torch.tanh_ x:input a:input x1:input
torch.tensor_split tensor_indices_or_sections:indices_or_sections axis:dim x:input a:input x1:input
torch.threshold x:input a:input x1:input
torch.tile x:input a:input x1:input
torch.topk axis:dim x:input a:input x1:input
torch.trace input:A x:A a:A x1:A
torch.transpose x:input a:input x1:input
torch.trapezoid axis:dim
torch.trapz axis:dim
torch.triangular_solve A:other x:input a:input x1:input
torch.tril x:input a:input x1:input
torch.triu x:input a:input x1:input
torch.true_divide x:input a:input x1:input x2:other
torch.trunc x:input a:input x1:input
torch.trunc_ x:input a:input x1:input
torch.unbind axis:dim x:input a:input x1:input
torch.unflatten axis:dim x:input a:input x1:input
torch.unsqueeze axis:dim x:input a:input x1:input
torch.var keepdims:keepdim x:input a:input x1:input
torch.var_mean axis:dim keepdims:keepdim x:input a:input x1:input
torch.vdot other:tensor x:input a:input x1:input x2:tensor
torch.view_as_complex x:input a:input x1:input
torch.view_as_real x:input a:input x1:input
torch.vsplit sections:indices_or_sections indices:indices_or_sections x:input a:input x1:input
torch.where x:input a:input x1:input x2:other
torch.xlogy x:input a:input x1:input x2:other
torch.xlogy_ x:input a:input x1:input x2:other
torch.zeros_like x:input a:input x1:input
`;
