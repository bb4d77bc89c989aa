#include "core/base/module.hpp"

#include <dlfcn.h>

#include <filesystem>
#include <string>

#include "core/base/error.hpp"

namespace covenant {

void* module_address(const char* module, const char* function) {
  const auto program = std::filesystem::read_symlink("/proc/self/exe");
  const std::string path = program.parent_path() / COVENANT_MODULES / module;
  void* const loaded = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  void* const address = loaded == nullptr ? nullptr : ::dlsym(loaded, function);
  if (address != nullptr) return address;
  // dlerror() names the file, or the library that it lacks.
  throw Error(ErrorKind::file, std::string("cannot load a part of the program: ") + ::dlerror());
}

}  // namespace covenant
