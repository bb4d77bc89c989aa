#include "cli/commands.hpp"

namespace covenant {

const std::vector<Command>& commands() {
  static const std::vector<Command> all = {
      {"init", "Set up", "create the registry", declare_init},
      {"apply", "Keep the register", "file applications: one by options or a form, many from a CSV file",
       declare_apply},
      {"update", "Keep the register", "amend a partner's fields", declare_update},
      {"verify", "Keep the register", "check eligibility and record what was found", declare_verify},
      {"approve", "Keep the register", "confirm a joining, with the signed commitment", declare_approve},
      {"revoke", "Keep the register", "end a listed partnership for the Commission", declare_revoke},
      {"withdraw", "Keep the register", "end an application or a partnership for the organisation",
       declare_withdraw},
      {"list", "Look things up", "list partners", declare_list},
      {"show", "Look things up", "show all of one partner", declare_show},
      {"history", "Look things up", "tell who did what, and when", declare_history},
      {"evidence", "Look things up", "tell what the stored commitment is, or give it back", declare_evidence},
      {"export", "Publish", "write the public list", declare_export},
      {"due", "Look things up", "tell what waits for the office", declare_due},
      {"check", "Look after the registry", "check the file, the history and the rules", declare_check},
      {"backup", "Look after the registry", "write a consistent copy", declare_backup},
      {"erase", "Look after the registry", "remove a contact's personal data", declare_erase},
      {"completion", "Help", "print a completion script for a shell", declare_completion},
      {"help", "Help", "explain a command", declare_help},
  };
  return all;
}

}  // namespace covenant
