import { expect, test } from 'vitest'
import { memoryFiles } from '../../../../src/config/memory-files.ts'
import { hydraMainIn } from '../../../../src/config/sources/hydra-main.ts'

const main = (args: string) => `import hydra\n\n@hydra.main(${args})\ndef main(cfg):\n    pass\n`
const inMain = (args: string) => hydraMainIn(memoryFiles({ '/p/main.py': main(args) }), '/p')

test('path and name of the configs stand in the decorator of main.py', () => {
  expect(inMain('version_base="1.3", config_path="configs", config_name="train.yaml"')).toEqual({
    configPath: '/p/configs',
    configName: 'train',
  })
  expect(inMain("\n    config_path='../conf',  # shared (by all)\n    config_name='config',\n    version_base=None,\n")).toEqual({
    configPath: '/conf',
    configName: 'config',
  })
})

test('what is no plain text stays unknown', () => {
  expect(inMain('config_path=None, config_name=NAME')).toEqual({})
  expect(inMain('config_path="pkg://app.conf", config_name="a"')).toEqual({ configName: 'a' })
  expect(inMain('')).toEqual({})
})

test('without main.py the only application counts, several are nobody', () => {
  const app = main('config_path="cfg"')
  expect(hydraMainIn(memoryFiles({ '/p/train.py': app, '/p/other.py': 'x = 1\n' }), '/p')).toEqual({ configPath: '/p/cfg' })
  expect(hydraMainIn(memoryFiles({ '/p/train.py': app, '/p/eval.py': app }), '/p')).toEqual({})
  expect(hydraMainIn(memoryFiles({ '/p/train.py': app, '/p/main.py': main('config_name="b"') }), '/p')).toEqual({ configName: 'b' })
})
