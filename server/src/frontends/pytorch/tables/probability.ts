/** `torch.distributions`: what is drawn from them is not known. */
import { alias, type LibraryEntry } from '../../python/library';
import { open, vague } from './opaque';

const distributions = [
  'Normal', 'Categorical', 'Bernoulli', 'Beta', 'Dirichlet', 'Gamma', 'Uniform', 'Laplace', 'Multinomial', 'MultivariateNormal', 'OneHotCategorical',
  'Independent', 'LogNormal', 'Exponential', 'Poisson', 'Gumbel', 'Cauchy', 'RelaxedBernoulli', 'RelaxedOneHotCategorical', 'TransformedDistribution',
  'MixtureSameFamily', 'StudentT', 'VonMises', 'Distribution', 'LowRankMultivariateNormal', 'NegativeBinomial', 'Geometric', 'HalfNormal', 'Weibull',
  'Kumaraswamy', 'ContinuousBernoulli',
];

export const probabilityEntries: readonly LibraryEntry[] = [
  ...distributions.map(name => vague(`torch.distributions.${name}`)),
  ...distributions.map(name => alias(`torch.distributions.${name.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase()}.${name}`, `torch.distributions.${name}`)),
  ...[
    'kl_divergence', 'kl.kl_divergence', 'transforms.AffineTransform', 'transforms.SigmoidTransform', 'transforms.TanhTransform',
    'constraints.positive', 'constraints.real',
  ].map(name => open(`torch.distributions.${name}`)),
];
