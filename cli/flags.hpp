#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace covenant {

/// What a command may declare. Every value is taken as text: what it means is the command's to say. The
/// targets must live until the command has run.
class Flags {
 public:
  explicit Flags(CLI::App& app) : app_(app) {}

  /// An option with one value, given at most once.
  void option(const std::string& name, const std::string& value_name, std::optional<std::string>& target,
              const std::string& help);
  /// An option whose value may be left out, and what it is then.
  void option_or(const std::string& name, const std::string& value_name, const std::string& otherwise,
                 std::optional<std::string>& target, const std::string& help);
  /// An option that may be repeated, one value each time.
  void repeated(const std::string& name, const std::string& value_name, std::vector<std::string>& target,
                const std::string& help);
  /// An option without a value.
  void flag(const std::string& name, bool& target, const std::string& help);
  /// The one argument, and whether it can be left out.
  void argument(const std::string& name, std::optional<std::string>& target, const std::string& help);
  void required_argument(const std::string& name, std::string& target, const std::string& help);
  /// Any number of arguments.
  void arguments(const std::string& name, std::vector<std::string>& target, const std::string& help);

 private:
  CLI::App& app_;
};

}  // namespace covenant
