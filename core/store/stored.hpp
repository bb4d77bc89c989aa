#pragma once

#include <optional>
#include <utility>

#include "core/base/code.hpp"
#include "core/base/error.hpp"
#include "core/base/result.hpp"
#include "core/store/query.hpp"
#include "core/text/suggest.hpp"

namespace covenant {

/// A value that the registry holds, read by the parser that let it in. @throws Error{damaged} when it fails
/// now: then somebody changed the file behind the program's back.
template <class T>
T stored(Result<T> parsed) {
  if (!parsed) throw Error(ErrorKind::damaged, "the registry is damaged: " + parsed.problem().message);
  return *std::move(parsed);
}

template <class T>
std::optional<T> stored_optional(const Query& query, int column) {
  if (query.is_null(column)) return std::nullopt;
  return stored(T::parse(query.text(column)));
}

template <class E>
std::optional<E> stored_optional_code(const Query& query, int column) {
  if (query.is_null(column)) return std::nullopt;
  return stored(parse_code<E>(query.text(column)));
}

}  // namespace covenant
