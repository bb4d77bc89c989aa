#include "core/store/policy_table.hpp"

#include "core/store/stored_text.hpp"

namespace covenant {

std::optional<StandingPolicy> find_policy(Read& read, Policy policy) {
  Query query = read.query("SELECT value, proposed, seq FROM policy WHERE name = :name");
  query.bind(":name", code_of(policy));
  if (!query.step()) return std::nullopt;
  StandingPolicy found{stored(PolicyValue::parse(policy, query.text(0))), std::nullopt,
                       stored_number(query, 2)};
  if (!query.is_null(1)) found.proposed = stored(PolicyValue::parse(policy, query.text(1)));
  return found;
}

Policies find_policies(Read& read) {
  Policies policies;
  Query names = read.query("SELECT name FROM policy");
  while (names.step()) {
    if (const auto found = find_policy(read, stored(parse_code<Policy>(names.text(0)))))
      policies.set(found->value);
  }
  return policies;
}

void put_policy(Write& write, const StandingPolicy& policy) {
  Query query = write.query(
      "INSERT INTO policy (name, value, proposed, seq) VALUES (:name, :value, :proposed, :seq) "
      "ON CONFLICT (name) DO UPDATE SET value = excluded.value, proposed = excluded.proposed, seq = "
      "excluded.seq");
  query.bind(":name", code_of(policy.value.policy())).bind(":value", policy.value.str());
  query.bind(":proposed", policy.proposed ? std::optional(policy.proposed->str()) : std::nullopt);
  query.bind(":seq", policy.seq).run();
}

}  // namespace covenant
