#pragma once

#include "cli/command.hpp"

namespace covenant {

Run declare_init(Flags& flags);
Run declare_apply(Flags& flags);
Run declare_update(Flags& flags);
Run declare_verify(Flags& flags);
Run declare_approve(Flags& flags);
Run declare_revoke(Flags& flags);
Run declare_withdraw(Flags& flags);
Run declare_list(Flags& flags);
Run declare_show(Flags& flags);
Run declare_history(Flags& flags);
Run declare_evidence(Flags& flags);
Run declare_export(Flags& flags);
Run declare_check(Flags& flags);
Run declare_backup(Flags& flags);
Run declare_erase(Flags& flags);
Run declare_due(Flags& flags);
Run declare_completion(Flags& flags);
Run declare_help(Flags& flags);

}  // namespace covenant
