# Layers that are made of other layers or of a few products.
import keras
from keras import ops
from keras.layers import Layer, Dense, EinsumDense


class Wrapper(Layer):
    def __init__(self, layer, **kwargs):
        if not isinstance(layer, Layer):
            raise ValueError(f'Please initialize `{type(self).__name__}` with a layer. Received: {layer}')
        super().__init__(**kwargs)
        self.layer = layer

    def call(self, inputs, *args, **kwargs):
        return self.layer(inputs, *args, **kwargs)


class TimeDistributed(Wrapper):
    def __init__(self, layer, **kwargs):
        super().__init__(layer, **kwargs)
        # Keras calls the layer's own `call`, which asks no rank.
        layer._takes_any_rank = True

    def call(self, inputs, training=None, mask=None):
        shape = ops.shape(inputs)
        folded = ops.reshape(inputs, (shape[0] * shape[1],) + tuple(shape[2:]))
        outputs = self.layer(folded)
        return ops.reshape(outputs, (shape[0], shape[1]) + tuple(ops.shape(outputs)[1:]))


class SpectralNormalization(Wrapper):
    def __init__(self, layer, power_iterations=1, **kwargs):
        if power_iterations < 1:
            raise ValueError(f'`power_iterations` should be greater than zero. Received: {power_iterations}')
        super().__init__(layer, **kwargs)

    def call(self, inputs, training=None):
        outputs = self.layer(inputs)
        if not hasattr(self, 'vector_u'):
            kernel = self.layer.kernel if hasattr(self.layer, 'kernel') else self.layer.embeddings
            self.vector_u = self.add_weight(shape=(1, kernel.shape[-1]), trainable=False, name='vector_u')
        return outputs


class WeightNormalization(Wrapper):
    def __init__(self, layer, data_init=True, **kwargs):
        super().__init__(layer, **kwargs)

    def call(self, inputs, training=None):
        outputs = self.layer(inputs)
        if not hasattr(self, 'g'):
            self.g = self.add_weight(shape=(self.layer.kernel.shape[-1],), name='g')
        return outputs


class Bidirectional(Layer):
    def __init__(self, layer, merge_mode='concat', weights=None, backward_layer=None, **kwargs):
        if merge_mode not in ('sum', 'mul', 'ave', 'concat', None):
            raise ValueError(f'Invalid merge mode. Received: {merge_mode}. Merge mode should be one of "sum", "mul", "ave", "concat", None')
        super().__init__(**kwargs)
        self.merge_mode = merge_mode
        self.return_sequences = layer.return_sequences
        self.return_state = layer.return_state
        self.forward_layer = keras.clone_layer(layer, 'forward_' + layer.name)
        self.backward_layer = keras.clone_layer(backward_layer or layer, 'backward_' + (backward_layer or layer).name)

    def call(self, sequences, initial_state=None, mask=None, training=None):
        forward = self.forward_layer(sequences)
        backward = self.backward_layer(sequences)
        states = []
        if self.return_state:
            states = list(forward[1:]) + list(backward[1:])
            forward, backward = forward[0], backward[0]
        if self.merge_mode == 'concat':
            output = ops.concatenate([forward, backward], axis=-1)
        elif self.merge_mode == 'sum':
            output = forward + backward
        elif self.merge_mode == 'ave':
            output = (forward + backward) / 2
        elif self.merge_mode == 'mul':
            output = forward * backward
        else:
            output = [forward, backward]
        if self.return_state:
            return [output] + states if not isinstance(output, list) else output + states
        return output


class StackedRNNCells(Layer):
    def __init__(self, cells, **kwargs):
        super().__init__(**kwargs)
        self.cells = cells

    @property
    def state_size(self):
        return [cell.state_size for cell in self.cells]

    @property
    def output_size(self):
        return self.cells[-1].output_size

    def call(self, inputs, states, training=None):
        new_states = []
        for cell, state in zip(self.cells, states):
            inputs, new_state = cell(inputs, state if isinstance(state, (list, tuple)) else [state])
            new_states.append(new_state)
        return inputs, new_states


def zero_states(size, batch):
    if isinstance(size, (list, tuple)):
        return [zero_states(each, batch) for each in size]
    return ops.zeros((batch, size))


class RNN(Layer):
    """Every step does the same, so that all steps run at once, as further examples: the counts are those of the steps one by one."""

    def __init__(self, cell, return_sequences=False, return_state=False, go_backwards=False, stateful=False, unroll=False, zero_output_for_mask=False, **kwargs):
        super().__init__(**kwargs)
        self.cell = StackedRNNCells(cell) if isinstance(cell, (list, tuple)) else cell
        if not hasattr(self.cell, 'call'):
            raise ValueError(f'Argument `cell` should have a `call` method. Received: {cell}')
        self.return_sequences = return_sequences
        self.return_state = return_state

    def call(self, sequences, initial_state=None, mask=None, training=None):
        shape = ops.shape(sequences)
        batch, steps = shape[0], shape[1]
        folded = ops.reshape(sequences, (batch * steps,) + tuple(shape[2:]))
        size = self.cell.state_size
        states = zero_states(size if isinstance(size, (list, tuple)) else [size], batch * steps)
        outputs, new_states = self.cell(folded, states)
        output = ops.reshape(outputs, (batch, steps) + tuple(ops.shape(outputs)[1:]))
        if not self.return_sequences:
            output = output[:, -1]
        if not self.return_state:
            return output
        last = [ops.zeros((batch,) + tuple(ops.shape(state)[1:])) for state in (new_states if isinstance(new_states, (list, tuple)) else [new_states]) if not isinstance(state, list)]
        return [output] + last


class ConvLSTM(Layer):
    def __init__(self, rank, filters, kernel_size, strides=1, padding='valid', data_format=None, dilation_rate=1, activation='tanh', recurrent_activation='sigmoid', use_bias=True, kernel_initializer='glorot_uniform', recurrent_initializer='orthogonal', bias_initializer='zeros', unit_forget_bias=True, kernel_regularizer=None, recurrent_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, recurrent_constraint=None, bias_constraint=None, dropout=0.0, recurrent_dropout=0.0, seed=None, return_sequences=False, return_state=False, go_backwards=False, stateful=False, unroll=False, **kwargs):
        super().__init__(**kwargs)
        self.rank = rank
        self.filters = filters
        self.kernel_size = (kernel_size,) * rank if isinstance(kernel_size, int) else tuple(kernel_size)
        if not all(size > 0 for size in self.kernel_size) or filters <= 0:
            raise ValueError(f'`filters` and `kernel_size` must be positive. Received: {filters}, {kernel_size}')
        self.strides = strides
        self.padding = padding
        self.data_format = data_format or keras.backend.image_data_format()
        self.dilation_rate = dilation_rate
        self.use_bias = use_bias
        self.return_sequences = return_sequences
        self.return_state = return_state

    def build(self, input_shape):
        channels = input_shape[2] if self.data_format == 'channels_first' else input_shape[-1]
        self.kernel = self.add_weight(shape=self.kernel_size + (channels, 4 * self.filters), name='kernel')
        self.recurrent_kernel = self.add_weight(shape=self.kernel_size + (self.filters, 4 * self.filters), name='recurrent_kernel')
        if self.use_bias:
            self.bias = self.add_weight(shape=(4 * self.filters,), name='bias')

    def call(self, sequences, initial_state=None, mask=None, training=None):
        shape = ops.shape(sequences)
        batch, steps = shape[0], shape[1]
        folded = ops.reshape(sequences, (batch * steps,) + tuple(shape[2:]))
        gates = ops.conv(folded, self.kernel, strides=self.strides, padding=self.padding, data_format=self.data_format, dilation_rate=self.dilation_rate)
        if self.use_bias:
            gates = gates + (ops.reshape(self.bias, (1, 4 * self.filters) + (1,) * self.rank) if self.data_format == 'channels_first' else self.bias)
        size = ops.shape(gates)
        channel = 1 if self.data_format == 'channels_first' else len(size) - 1
        state_shape = tuple(self.filters if axis == channel else extent for axis, extent in enumerate(size))
        state = ops.zeros(state_shape)
        gates = gates + ops.conv(state, self.recurrent_kernel, padding='same', data_format=self.data_format)
        output, _, _, memory = ops.split(gates, 4, axis=channel)
        output = ops.tanh(memory) * ops.sigmoid(output)
        output = ops.reshape(output, (batch, steps) + state_shape[1:])
        last = output[:, -1]
        if self.return_state:
            return [output if self.return_sequences else last, last, last]
        return output if self.return_sequences else last


class ConvLSTM1D(ConvLSTM):
    def __init__(self, filters, kernel_size, **kwargs):
        super().__init__(1, filters, kernel_size, **kwargs)


class ConvLSTM2D(ConvLSTM):
    def __init__(self, filters, kernel_size, **kwargs):
        super().__init__(2, filters, kernel_size, **kwargs)


class ConvLSTM3D(ConvLSTM):
    def __init__(self, filters, kernel_size, **kwargs):
        super().__init__(3, filters, kernel_size, **kwargs)


class Attention(Layer):
    def __init__(self, use_scale=False, score_mode='dot', dropout=0.0, seed=None, **kwargs):
        if score_mode not in ('dot', 'concat'):
            raise ValueError(f'Invalid value for argument score_mode. Expected one of "dot", "concat". Received: {score_mode}')
        super().__init__(**kwargs)
        self.use_scale = use_scale
        self.score_mode = score_mode
        self.scale = None
        self.concat_score_weight = None

    def build(self, input_shape):
        if self.use_scale:
            self.scale = self.add_weight(shape=(), name='scale')
        if self.score_mode == 'concat':
            self.concat_score_weight = self.add_weight(shape=(), name='concat_score_weight')

    def scores(self, query, key):
        if self.score_mode == 'dot':
            scores = ops.matmul(query, ops.transpose(key, axes=(0, 2, 1)))
            return scores * self.scale if self.scale is not None else scores
        pairs = ops.expand_dims(query, -2) + ops.expand_dims(key, -3)
        pairs = ops.tanh(pairs * self.scale if self.scale is not None else pairs)
        return self.concat_score_weight * ops.sum(pairs, axis=-1)

    def call(self, inputs, mask=None, training=False, return_attention_scores=False, use_causal_mask=False):
        query, value = inputs[0], inputs[1]
        key = inputs[2] if len(inputs) > 2 else value
        weights = ops.softmax(self.scores(query, key), axis=-1)
        result = ops.matmul(weights, value)
        return (result, weights) if return_attention_scores else result


class AdditiveAttention(Attention):
    def __init__(self, use_scale=True, dropout=0.0, **kwargs):
        super().__init__(use_scale=use_scale, dropout=dropout, **kwargs)

    def build(self, input_shape):
        if self.use_scale:
            self.scale = self.add_weight(shape=(input_shape[0][-1],), name='scale')

    def scores(self, query, key):
        pairs = ops.tanh(ops.expand_dims(query, -2) + ops.expand_dims(key, -3))
        return ops.sum(pairs * self.scale if self.scale is not None else pairs, axis=-1)


class ReversibleEmbedding(keras.layers.Embedding):
    def __init__(self, input_dim, output_dim, tie_weights=True, embeddings_initializer='uniform', embeddings_regularizer=None, embeddings_constraint=None, mask_zero=False, reverse_dtype=None, logit_soft_cap=None, **kwargs):
        super().__init__(input_dim, output_dim, mask_zero=mask_zero, **kwargs)
        self.tie_weights = tie_weights
        self.reverse_dtype = reverse_dtype
        self.logit_soft_cap = logit_soft_cap

    def build(self, input_shape=None):
        super().build(input_shape)
        if not self.tie_weights:
            self.reverse_embeddings = self.add_weight(shape=(self.output_dim, self.input_dim), name='reverse_embeddings')

    def call(self, inputs, reverse=False):
        if not reverse:
            return super().call(inputs)
        logits = ops.matmul(inputs, ops.transpose(self.embeddings) if self.tie_weights else self.reverse_embeddings)
        return logits if self.logit_soft_cap is None else ops.tanh(logits / self.logit_soft_cap) * self.logit_soft_cap


class GroupedQueryAttention(Layer):
    def __init__(self, head_dim, num_query_heads, num_key_value_heads, dropout=0.0, use_bias=True, use_gate=False, flash_attention=None, kernel_initializer='glorot_uniform', bias_initializer='zeros', kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, bias_constraint=None, seed=None, **kwargs):
        super().__init__(**kwargs)
        self.head_dim = head_dim
        self.num_query_heads = num_query_heads
        self.num_key_value_heads = num_key_value_heads
        self.use_bias = use_bias
        self.use_gate = use_gate

    def build(self, query_shape, value_shape, key_shape=None):
        keras.backend.take_name('softmax')
        keras.backend.take_name('dropout')
        def dense(equation, heads, name):
            return EinsumDense(equation, output_shape=(None, heads, self.head_dim), bias_axes='uh' if self.use_bias else None, name=name)

        self.query_dense = dense('bqm,muh->bquh', self.num_query_heads, 'query')
        self.key_dense = dense('bkm,muh->bkuh', self.num_key_value_heads, 'key')
        self.value_dense = dense('bkm,muh->bkuh', self.num_key_value_heads, 'value')
        if self.use_gate:
            self.gate_dense = EinsumDense('bqm,muh->bquh', output_shape=(None, self.num_query_heads, self.head_dim), bias_axes='uh' if self.use_bias else None, name='gate')
        self.output_dense = EinsumDense('bquh,uhm->bqm', output_shape=(None, query_shape[-1]), bias_axes='m' if self.use_bias else None, name='attention_output')

    def call(self, query, value, key=None, query_mask=None, value_mask=None, key_mask=None, attention_mask=None, return_attention_scores=False, training=None, use_causal_mask=False):
        key = value if key is None else key
        repeats = self.num_query_heads // self.num_key_value_heads
        queries = self.query_dense(query)
        keys = ops.repeat(self.key_dense(key), repeats, axis=2)
        values = ops.repeat(self.value_dense(value), repeats, axis=2)
        scores = ops.softmax(ops.einsum('bquh,bkuh->buqk', queries, keys), axis=-1)
        outputs = ops.einsum('buqk,bkuh->bquh', scores, values)
        if self.use_gate:
            outputs = outputs * ops.sigmoid(self.gate_dense(query))
        outputs = self.output_dense(outputs)
        return (outputs, scores) if return_attention_scores else outputs


def letters(rank, first):
    return ''.join(chr(ord(first) + axis) for axis in range(rank))


def build_attention(self, query_shape, value_shape, key_shape=None):
    """The projections of a MultiHeadAttention, as layers of their own: where several axes are attended over, a gate is asked for, or a subclass does the rest."""
    key_shape = value_shape if key_shape is None else key_shape
    if self._attention_axes is None:
        self._attention_axes = tuple(range(1, len(value_shape) - 1))
    else:
        self._attention_axes = tuple(axis if axis >= 0 else len(value_shape) + axis for axis in self._attention_axes)

    def projection(shape, width, name, activation=None):
        axes = letters(len(shape) - 1, 'a')
        dense = EinsumDense(axes + 'x,xyz->' + axes + 'yz', output_shape=(None,) * (len(shape) - 2) + (self._num_heads, width), bias_axes='yz' if self._use_bias else None, activation=activation, name=name)
        dense.build(shape)
        return dense

    self._query_dense = projection(query_shape, self._key_dim, 'query')
    self._key_dense = projection(key_shape, self._key_dim, 'key')
    if self._use_gate:
        self._gate_dense = projection(query_shape, self._value_dim, 'gate', 'sigmoid')
    self._value_dense = projection(value_shape, self._value_dim, 'value')
    self._softmax = keras.layers.Softmax(axis=-1)
    self._dropout_layer = keras.layers.Dropout(self._dropout)
    output = tuple(self._output_shape) if self._output_shape else (query_shape[-1],)
    axes = letters(len(query_shape) - 1, 'a')
    last = letters(len(output), 'p')
    self._output_dense = EinsumDense(axes + 'yz,yz' + last + '->' + axes + last, output_shape=(None,) * (len(query_shape) - 2) + output, bias_axes=last if self._use_bias else None, name='attention_output')
    self._output_dense.build(tuple(query_shape[:-1]) + (self._num_heads, self._value_dim))
    for name in ('query_dense', 'key_dense', 'value_dense', 'output_dense'):
        setattr(self, name, getattr(self, '_' + name))


def compute_attention(self, query, key, value, attention_mask=None, training=None, return_attention_scores=False, use_causal_mask=False):
    rank = len(ops.shape(query)) - 1
    queries, keys = '', ''
    for axis in range(rank - 1):
        attended = axis in self._attention_axes
        queries += chr(ord('a') + axis)
        keys += chr(ord('A' if attended else 'a') + axis)
    # An axis behind those of the input is that of the heads.
    heads = 'Y' if rank - 1 in self._attention_axes else 'y'
    shared = ''.join(letter for letter in queries if letter in keys)
    own = ''.join(letter for letter in queries if letter not in keys)
    other = ''.join(letter for letter in keys if letter not in queries)
    product = shared + 'y' + own + other + heads.replace('y', '')
    scores = ops.einsum(keys + heads + 'z,' + queries + 'yz->' + product, key, query)
    scores = self._masked_softmax(scores, attention_mask)
    final = self._dropout_layer(scores, training=training) if self._dropout > 0.0 else scores
    return ops.einsum(product + ',' + keys + heads + 'z->' + queries + 'yz', final, value), scores


def masked_softmax(self, attention_scores, attention_mask=None):
    return self._softmax(attention_scores)


def compute_attention_mask(self, query, value, query_mask=None, value_mask=None, key_mask=None, attention_mask=None, use_causal_mask=False):
    return attention_mask


def call_attention(self, query, value, key=None, query_mask=None, value_mask=None, key_mask=None, attention_mask=None, return_attention_scores=False, training=None, use_causal_mask=False):
    key = value if key is None else key
    mask = self._compute_attention_mask(query, value, query_mask=query_mask, value_mask=value_mask, key_mask=key_mask, attention_mask=attention_mask, use_causal_mask=use_causal_mask)
    gate = self._gate_dense(query) if self._use_gate else None
    outputs, scores = self._compute_attention(self._query_dense(query), self._key_dense(key), self._value_dense(value), mask, training, return_attention_scores)
    outputs = self._output_dense(outputs if gate is None else outputs * gate)
    return (outputs, scores) if return_attention_scores else outputs


class Pipeline(Layer):
    def __init__(self, layers, name=None, **kwargs):
        super().__init__(name=name)
        self.steps = layers

    def call(self, inputs, training=None, mask=None):
        for step in self.steps:
            inputs = step(inputs)
        return inputs


GroupQueryAttention = GroupedQueryAttention
