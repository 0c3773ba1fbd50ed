/**
 * Python names that Hydra 1.3.8 refuses to call from a config. Nothing of Python runs here; the same names are refused in the same words, so
 * that a config that Hydra would stop is not taken for a typing slip.
 */
const uncontrolled =
  /^(?:builtins\.(?:eval|exec|compile|__import__|open|input|breakpoint|getattr|setattr|delattr|globals|locals|vars|map|filter)|os\.(?:system|popen|exec\w*|spawn\w*|posix_spawnp?|startfile)|subprocess\.|pty\.|shlex\.|ctypes\.|importlib\.|runpy\.|code\.|codeop\.|pickle\.|_pickle\.|cPickle\.|marshal\.|shelve\.|dill\.|cloudpickle\.|joblib\.load$|torch\.load$|socket\.|multiprocessing\.|concurrent\.futures\.|functools\.reduce$|timeit\.|pdb\.|webbrowser\.|asyncio\.create_subprocess)/
const blocked =
  /^(?:builtins\.(?:exit|quit)|_sitebuiltins\.Quitter|sys\.exit|os\.(?:kill|killpg|remove|removedirs|rmdir|fchdir|setuid|fork|forkpty|renames?|truncate|replace|unlink|f?chmod|f?chown|chroot|lchflags|lchmod|lchown|chdir|_exit|abort)|shutil\.(?:rmtree|move|chown))$/

export const isBlocked = (name: string): boolean => uncontrolled.test(name) || blocked.test(name)

/** Hydra's first line for it. */
export const blockedMessage = (name: string): string =>
  uncontrolled.test(name)
    ? `Target '${name}' is blocklisted because it allows config data to control executable behavior or belongs to an execution-capable target family.`
    : `Target '${name}' is blocklisted and cannot be instantiated from config to prevent security vulnerabilities`
