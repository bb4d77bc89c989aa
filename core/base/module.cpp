#include "core/base/module.hpp"

#include <dlfcn.h>

#include <string>

#include "core/base/error.hpp"

namespace covenant {

void* module_address(const char* module, const char* function) {
  void* const loaded = ::dlopen(module, RTLD_NOW | RTLD_LOCAL);
  void* const address = loaded == nullptr ? nullptr : ::dlsym(loaded, function);
  if (address != nullptr) return address;
  // dlerror() names the file, or the library that it lacks.
  throw Error(ErrorKind::file, std::string("cannot load a part of the program: ") + ::dlerror());
}

}  // namespace covenant
