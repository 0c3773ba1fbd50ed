import { loadProgram } from './load-program.ts'

// The process of the launcher `workers`: runs the jobs that it is sent.
loadProgram<typeof import('../program.ts')>('program').answerJobs()
