#pragma once

namespace covenant {

/// Has ICU throw std::bad_alloc where memory is short: by itself it goes on, and writes dates without their
/// days. To be called before anything of it is used. Its functions that promise not to throw then end the
/// program by std::terminate. Source: ICU, uclean.h, "u_setMemoryFunctions".
void let_icu_demand_memory();

}  // namespace covenant
