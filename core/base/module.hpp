#pragma once

namespace covenant {

/// The address of a function of one of the program's own modules, which are loaded when they are first
/// needed, so that what they are linked with slows no other command down. A module is found from the folder
/// of the program, and stays loaded. @throws Error{file} when it is not installed, or is of another version
/// Source: dlopen(3).
void* module_address(const char* module, const char* function);

template <class Function>
Function* module_function(const char* module, const char* function) {
  return reinterpret_cast<Function*>(module_address(module, function));
}

}  // namespace covenant
