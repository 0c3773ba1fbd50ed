import { expect, test } from 'vitest'
import { problems } from './marked-project.ts'

const main = (decorator: string) => `import hydra\n\n@hydra.main(${decorator})\ndef main(cfg): ...\n`

test('targets of other libraries and of the project are no mistakes where Python runs the configs', () => {
  const project = {
    'config.yaml': 'optimizer:\n  _target_: torch.optim.Adam\nnet:\n  _target_: src.net.Net\nmodel:\n  _target_: «main.Nope»\n',
    '/src/train.py': main('version_base="1.3", config_path="../conf", config_name="config"'),
    '/src/net.py': 'class Net: ...\n',
  }
  expect(problems(project)).toMatchObject([{ code: 'target/unknown', at: '«main.Nope»', severity: 'warning' }])
})

test('a class of the project that is called as one of ours is its own', () => {
  const net = (target: string, key: string) => ({
    'config.yaml': `net:\n  _target_: ${target}\n  ${key}: true\n`,
    '/train.py': main('version_base="1.3", config_path="conf", config_name="config"'),
    '/climate/data.py': 'class Normalizer:\n  def __init__(self, log_scaling): ...\n',
  })
  expect(problems(net('climate.data.Normalizer', 'log_scaling'))).toEqual([])
  expect(problems(net('climate.Normalizer', 'log_scaling'))).toEqual([])
  expect(problems(net('torchvision.transforms.Normalizer', 'log_scaling'))).toEqual([])
  // What a module of the project imports is scikit-learn's.
  expect(problems(net('train.StandardScaler', '«log_scaling»'))).toMatchObject([{ code: 'target/unknown-parameter' }])
  expect(problems(net('climate.data.StandardScaler', 'with_mean'))).toEqual([])
})

test('an experiment is judged with the primary config that has the groups it overrides', () => {
  const files = {
    'experiment/deep.yaml': '# @package _global_\ndefaults:\n  - override /model: deep\n  - override /data: «huge»\n',
    'train.yaml': 'defaults:\n  - model: base\n  - data: small\n  - _self_\n',
    'eval.yaml': 'defaults:\n  - _self_\n  - user: me\n',
    'resume.yaml': 'run: null\n',
    'tests.yaml': 'run: null\n',
    'model/base.yaml': '',
    'model/deep.yaml': '',
    'data/small.yaml': '',
    'user/me.yaml': '',
  }
  expect(problems(files)).toMatchObject([{ code: 'defaults/unknown-option' }])
  expect(problems({ ...files, 'experiment/deep.yaml': files['experiment/deep.yaml'].replace('«huge»', 'small') })).toEqual([])
})

test('what a missing part of the search path may have is information', () => {
  const files = { 'config.yaml': 'defaults:\n  - model: mlp\n  - _self_\nhydra:\n  searchpath:\n    - «pkg://bench/conf»\n' }
  const found = problems(files)
  expect(found.map(({ code, severity }) => [code, severity])).toEqual([
    ['defaults/unknown-option', 'information'],
    ['config/searchpath-missing', 'warning'],
  ])
  expect(found[1]).toMatchObject({ at: '«pkg://bench/conf»' })
  const python = problems({ ...files, '/main.py': main('version_base="1.3", config_path="conf", config_name="config"') })
  expect(python.map(({ severity }) => severity)).toEqual(['information', 'information'])
})

test('a header of old is no key where the app leaves version_base out', () => {
  const files = { 'config.yaml': 'defaults:\n  - db: pg\n  - _self_\nport: ${db.port}\n', 'db/pg.yaml': '# @package _group_\nport: 1\n' }
  expect(problems({ ...files, '/main.py': main('config_path="conf", config_name="config"') })).toEqual([])
  expect(problems(files)).toEqual([])
  expect(problems({ ...files, '/main.py': main('version_base=None, config_path="conf"') })).toMatchObject([
    { code: 'interpolation/unknown-key' },
  ])
})

test('an option that is chosen through a group above its own finds what stands beside it', () => {
  const files = {
    'solver/music/debug.yaml': 'defaults:\n  - music/base\n  - _self_\nfast: true\n',
    'solver/music/base.yaml': 'a: 1\n',
    'solver/none.yaml': '',
    'config.yaml': 'defaults:\n  - solver: none\n',
  }
  expect(problems(files)).toEqual([])
})

test('a name that only the ConfigStore can have is information', () => {
  const files = {
    'config.yaml': 'defaults:\n  - base_config\n  - _self_\nx: 1\n',
    '/main.py': `from hydra.core.config_store import ConfigStore\ncs = ConfigStore.instance()\ncs.store(name="base_config", node=Config)\n`,
  }
  expect(problems(files)).toMatchObject([{ code: 'defaults/unknown-config', severity: 'information' }])
})

test('an environment variable that is not set here is information', () => {
  expect(problems({ 'config.yaml': 'root: ${oc.env:NO_SUCH_VARIABLE_HERE}\n' })).toMatchObject([
    { code: 'interpolation/failed', severity: 'information' },
  ])
})

test('a value that other options set is information, one that none sets is not', () => {
  const files = {
    'augment/one.yaml': 'rate: ${sample_rate}\nother: «${nowhere}»\n',
    'solver/a.yaml': '# @package _global_\nsample_rate: 1\n',
    'config.yaml': 'defaults:\n  - solver: null\n',
  }
  expect(problems(files).map(({ code, severity }) => [code, severity])).toEqual([
    ['interpolation/unknown-key', 'information'],
    ['interpolation/unknown-key', undefined],
  ])
})

test('an interpolation to a value that a run has to give is information', () => {
  expect(problems({ 'config.yaml': 'a: ???\nb: ${a}\n' }).map(({ code, severity }) => [code, severity])).toEqual([
    ['config/missing-value', 'information'],
    ['interpolation/missing-value', 'information'],
  ])
})
