import { columnNamed, readCsv, type Table, takeRows, withoutColumns } from '../../../src/data/index.ts'
import {
  AddMissingIndicator,
  CategoricalImputer,
  ColumnTransformer,
  DecisionTreeClassifier,
  DecisionTreeRegressor,
  ElasticNet,
  ExtraTreesClassifier,
  ExtraTreesRegressor,
  FeatureEngineOneHotEncoder,
  float,
  GaussianNB,
  GradientBoostingClassifier,
  GradientBoostingRegressor,
  HistGradientBoostingClassifier,
  HistGradientBoostingRegressor,
  Lasso,
  LinearRegression,
  LogisticRegression,
  MaxAbsScaler,
  MeanMedianImputer,
  MinMaxScaler,
  Normalizer,
  OneHotEncoder,
  OrdinalEncoder,
  PCA,
  Pipeline,
  PolynomialFeatures,
  RandomForestClassifier,
  RandomForestRegressor,
  Ridge,
  RidgeClassifier,
  RobustScaler,
  SelectKBest,
  SimpleImputer,
  StandardScaler,
  type Step,
  type Target,
  VarianceThreshold,
  VotingClassifier,
  VotingRegressor,
} from '../../../src/learn/index.ts'

/** A fitted pipeline and rows that it has not seen. */
export interface OnnxCase {
  readonly name: string
  readonly pipeline: Pipeline
  readonly train: Table
  readonly rows: Table
}

/** Pipelines over the examples' data; `read` gives the bytes of a file below examples/. */
export function onnxCases(read: (path: string) => Uint8Array): OnnxCase[] {
  const titanic = (name: string) => readCsv(read(`titanic/data/${name}.csv`), { path: name })
  const penguins = readCsv(read('penguins/data/penguins.csv'), { path: 'penguins' })
  const every = (step: number, from: number) => Array.from({ length: penguins.rows }, (_, i) => i).filter(i => i % step === from)
  const birds = [takeRows(penguins, every(4, 0).concat(every(4, 1), every(4, 2))), takeRows(penguins, every(4, 3))] as const
  const ships = [titanic('train-large'), titanic('test-large')] as const
  const small = [titanic('train-small'), titanic('test-small')] as const
  const chain = (...steps: Step[]) => new Pipeline(steps.map((step, i) => ({ name: `${step.name}${i}`, step })))
  const complex = () => [
    new MeanMedianImputer({ imputation_method: 'mean' }),
    new CategoricalImputer({ imputation_method: 'missing' }),
    new FeatureEngineOneHotEncoder(),
    new StandardScaler(),
  ]
  const forest = { n_estimators: 20, max_depth: 6, random_state: 3 }
  const numeric = ['bill_length_mm', 'bill_depth_mm', 'flipper_length_mm', 'body_mass_g']
  const text = ['island', 'sex']
  const byColumn = (numbers: Step, words: Step) =>
    new ColumnTransformer({
      transformers: [
        ['numbers', numbers, numeric],
        ['words', words, text],
      ],
    } as never)
  const of = (name: string, [train, rows]: readonly [Table, Table], target: string, pipeline: Pipeline): OnnxCase => {
    const y = columnNamed(train, target) as Target
    const X = withoutColumns(train, new Set([target]))
    pipeline.fit(X, y)
    return { name, pipeline, train: X, rows: withoutColumns(rows, new Set([target])) }
  }
  const renamed = (tables: readonly [Table, Table], names: Readonly<Record<string, string>>): readonly [Table, Table] => {
    const change = ({ rows, columns }: Table): Table => ({
      rows,
      columns: columns.map(column => ({ ...column, name: names[column.name] ?? column.name })),
    })
    return [change(tables[0]), change(tables[1])]
  }
  return [
    of('titanic, forest', ships, 'Survived', chain(...complex(), new RandomForestClassifier(forest))),
    of('titanic, logistic regression', ships, 'Survived', chain(...complex(), new LogisticRegression())),
    of(
      'titanic, numbers only, extra trees',
      small,
      'Survived',
      chain(new MeanMedianImputer({ imputation_method: 'median' }), new ExtraTreesClassifier(forest)),
    ),
    of('titanic, gaps in a tree', small, 'Survived', chain(new DecisionTreeClassifier({ max_depth: 7, random_state: 0 }))),
    of('titanic, gaps in a forest', small, 'Survived', chain(new RandomForestClassifier(forest))),
    of(
      'titanic, siblings by a forest',
      small,
      'SibSp',
      chain(new SimpleImputer({ strategy: 'median' }), new RandomForestRegressor(forest)),
    ),
    of('titanic, siblings by extra trees', small, 'SibSp', chain(new SimpleImputer(), new ExtraTreesRegressor(forest))),
    of(
      'columns that are called as outputs are',
      renamed(small, { Age: 'label', SibSp: 'probabilities', Fare: 'v0', Parch: 'v1' }),
      'Survived',
      chain(new SimpleImputer(), new LogisticRegression()),
    ),
    of('titanic, boosted', ships, 'Survived', chain(...complex(), new GradientBoostingClassifier({ n_estimators: 30, random_state: 0 }))),
    of(
      'titanic, boosted exponentially',
      ships,
      'Survived',
      chain(
        ...complex(),
        new GradientBoostingClassifier({ n_estimators: 20, loss: 'exponential', learning_rate: float(1), random_state: 0 }),
      ),
    ),
    of('penguins, boosted', birds, 'species', chain(...complex(), new GradientBoostingClassifier({ n_estimators: 12, random_state: 0 }))),
    of(
      'titanic, siblings by boosting',
      small,
      'SibSp',
      chain(new SimpleImputer(), new GradientBoostingRegressor({ n_estimators: 25, random_state: 0 })),
    ),
    of(
      'titanic, siblings by a tree',
      small,
      'SibSp',
      chain(new SimpleImputer(), new DecisionTreeRegressor({ max_depth: 5, random_state: 0 })),
    ),
    of('titanic, siblings by least squares', small, 'SibSp', chain(new SimpleImputer(), new LinearRegression())),
    of('titanic, siblings by ridge', small, 'SibSp', chain(new SimpleImputer(), new RobustScaler(), new Ridge({ alpha: float(2) }))),
    of('titanic, siblings by lasso', small, 'SibSp', chain(new SimpleImputer(), new StandardScaler(), new Lasso({ alpha: 0.05 }))),
    of(
      'titanic, siblings by an elastic net',
      small,
      'SibSp',
      chain(new SimpleImputer(), new StandardScaler(), new ElasticNet({ alpha: 0.1, l1_ratio: 0.3, positive: true })),
    ),
    of(
      'titanic, siblings by an elastic net without a constant',
      small,
      'SibSp',
      chain(new SimpleImputer(), new MinMaxScaler(), new ElasticNet({ alpha: 0.01, fit_intercept: false })),
    ),
    of(
      'titanic, a forest that keeps signs',
      small,
      'Survived',
      chain(new SimpleImputer(), new RandomForestClassifier({ ...forest, monotonic_cst: [-1, 0, 0, 1, 0] })),
    ),
    of(
      'titanic, siblings without a constant',
      small,
      'SibSp',
      chain(new SimpleImputer(), new StandardScaler(), new Ridge({ fit_intercept: false })),
    ),
    of('penguins, three classes of text', birds, 'species', chain(...complex(), new LogisticRegression())),
    of('penguins, three classes, forest', birds, 'species', chain(...complex(), new RandomForestClassifier(forest))),
    of(
      'penguins, columns apart, one-hot',
      birds,
      'species',
      chain(
        byColumn(new SimpleImputer({ strategy: 'mean' }), new OneHotEncoder({ handle_unknown: 'ignore', sparse_output: false })),
        new MinMaxScaler(),
        new LogisticRegression(),
      ),
    ),
    of(
      'penguins, columns apart, ordinal',
      birds,
      'species',
      chain(
        byColumn(new SimpleImputer({ strategy: 'median' }), new OrdinalEncoder()),
        new SimpleImputer({ strategy: 'most_frequent' }),
        new RobustScaler(),
        new MaxAbsScaler(),
        new RandomForestClassifier(forest),
      ),
    ),
    of('titanic, histograms, gaps', small, 'Survived', chain(new HistGradientBoostingClassifier({ max_iter: 25, random_state: 0 }))),
    of('penguins, histograms, three classes', birds, 'species', chain(...complex(), new HistGradientBoostingClassifier({ max_iter: 10 }))),
    of('titanic, siblings by histograms', small, 'SibSp', chain(new HistGradientBoostingRegressor({ max_iter: 25 }))),
    of(
      'titanic, siblings by histograms of counts',
      small,
      'SibSp',
      chain(new HistGradientBoostingRegressor({ max_iter: 15, loss: 'poisson' })),
    ),
    of(
      'penguins, a soft vote',
      birds,
      'species',
      chain(
        ...complex(),
        new VotingClassifier({
          estimators: [
            ['linear', new LogisticRegression()],
            ['bayes', new GaussianNB()],
            ['forest', new RandomForestClassifier(forest)],
          ] as never,
          voting: 'soft',
          weights: [2, 1, 1],
        }),
      ),
    ),
    of(
      'penguins, a hard vote',
      birds,
      'species',
      chain(
        ...complex(),
        new VotingClassifier({
          estimators: [
            ['linear', new LogisticRegression()],
            ['ridge', new RidgeClassifier()],
            ['tree', new DecisionTreeClassifier({ max_depth: 3, random_state: 0 })],
          ] as never,
        }),
      ),
    ),
    of(
      'titanic, siblings by a mean of three',
      small,
      'SibSp',
      chain(
        new SimpleImputer({ add_indicator: true }),
        new VotingRegressor({
          estimators: [
            ['ridge', new Ridge()],
            ['tree', new DecisionTreeRegressor({ max_depth: 4, random_state: 0 })],
            ['boosted', new GradientBoostingRegressor({ n_estimators: 10, random_state: 0 })],
          ] as never,
        }),
      ),
    ),
    of('titanic, two classes by ridge', small, 'Survived', chain(new SimpleImputer({ add_indicator: true }), new RidgeClassifier())),
    of('penguins, classes by ridge', birds, 'species', chain(...complex(), new RidgeClassifier())),
    of('penguins, bayes', birds, 'species', chain(...complex(), new GaussianNB())),
    of(
      'penguins, gaps marked, components',
      birds,
      'species',
      chain(new AddMissingIndicator(), ...complex(), new PCA({ n_components: 4, whiten: true }), new LogisticRegression()),
    ),
    of(
      'titanic, products',
      small,
      'Survived',
      chain(
        new SimpleImputer(),
        new Normalizer(),
        new PolynomialFeatures({ degree: 3 }),
        new VarianceThreshold(),
        new StandardScaler(),
        new SelectKBest({ k: 12 }),
        new LogisticRegression(),
      ),
    ),
  ]
}
