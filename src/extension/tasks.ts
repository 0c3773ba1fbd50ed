import {
  CustomExecution,
  type Disposable,
  Task,
  type TaskDefinition,
  TaskGroup,
  TaskPanelKind,
  TaskRevealKind,
  TaskScope,
  tasks,
  Uri,
  type WorkspaceFolder,
  workspace,
} from 'vscode'
import type { ConfRoots } from './conf-roots.ts'
import type { Jobs } from './job.ts'
import { JobTerminal } from './job-terminal.ts'
import { type RunRequest, requestOfTask, requestTitle, type TaskProperties, taskProperties } from './run-request.ts'

export interface TaskContext {
  readonly jobs: Jobs
  readonly roots: ConfRoots
  /** dist/fitwright.cjs */
  readonly command: string
}

/** The one way to run: whatever starts a run makes this task and executes it. */
export function runTask({ jobs, command }: TaskContext, request: RunRequest, folder: WorkspaceFolder | undefined): Task {
  const definition: TaskDefinition & TaskProperties = { type: 'fitwright', ...taskProperties(request, folder?.uri.fsPath ?? '') }
  return taskOf(definition, request, folder ?? TaskScope.Workspace, { jobs, command })
}

function taskOf(
  definition: TaskDefinition,
  request: RunRequest,
  scope: WorkspaceFolder | TaskScope.Workspace,
  { jobs, command }: Pick<TaskContext, 'jobs' | 'command'>,
): Task {
  const execution = new CustomExecution(async () => new JobTerminal(jobs, request, command))
  // No matcher: the run itself tells its problems, with their exact places. $fitwright is for shell tasks.
  const task = new Task(definition, scope, requestTitle(request), 'fitwright', execution, [])
  task.group = TaskGroup.Build
  task.presentationOptions = {
    reveal: TaskRevealKind.Always,
    panel: TaskPanelKind.Shared,
    focus: false,
    echo: false,
    showReuseMessage: false,
    clear: true,
  }
  return task
}

export const execute = async (context: TaskContext, request: RunRequest): Promise<void> => {
  const folder = workspace.getWorkspaceFolder(Uri.file(request.configPath))
  await tasks.executeTask(runTask(context, request, folder))
}

/** Offers a task per primary config and completes those of tasks.json. Composes nothing. */
export function registerTasks(context: TaskContext): Disposable {
  return tasks.registerTaskProvider('fitwright', {
    async provideTasks() {
      const roots = await context.roots.ready()
      return roots.flatMap(({ uri, folder, primaries }) =>
        primaries.map(configName => runTask(context, { configPath: uri.fsPath, configName, overrides: [], multirun: false }, folder)),
      )
    },
    resolveTask(task) {
      const scope = typeof task.scope === 'object' ? task.scope : undefined
      const folder = scope ?? workspace.workspaceFolders?.[0]
      const request = requestOfTask(task.definition as Partial<TaskProperties> & TaskDefinition, folder?.uri.fsPath ?? '')
      // The definition goes back as it came: VS Code matches by it.
      return request && taskOf(task.definition, request, scope ?? TaskScope.Workspace, context)
    },
  })
}
