#pragma once

namespace covenant {

/// Leaves this process what reading a document takes: memory within a limit, ten seconds, and what is open
/// already. From then on it opens no file, makes no process and no connection, and runs no new code. What the
/// kernel does not know of this it does without. Sources: setrlimit(2), landlock(7), seccomp(2).
void confine();

}  // namespace covenant
