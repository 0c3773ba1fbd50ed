import { loadProgram } from './load-program.ts'

// A worker thread: answers the one task that it was started with.
void loadProgram<typeof import('../program.ts')>('program').answerTask()
