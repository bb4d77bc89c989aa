#pragma once

#include "core/documents/request.hpp"

namespace covenant {

/// Has what the libraries of a kind need from files loaded, while there still are files.
void start_reader(DocumentKind kind);

/// Reads a document by its kind. One that is not what it claims to be is `unreadable`, and unchecked.
ReadAnswer read_as(DocumentKind kind, const ReceivedRequest& received);

}  // namespace covenant
