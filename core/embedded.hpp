#pragma once

#include <string_view>

/// Files of the source tree that are compiled in, byte for byte (see `core/embed.cmake`).
namespace covenant::embedded {

extern const std::string_view schema;  ///< schema.sql

}  // namespace covenant::embedded
