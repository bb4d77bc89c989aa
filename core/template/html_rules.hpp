#pragma once

#include <string_view>

namespace covenant {

// What HTML's elements and attributes are to a value that others wrote. All names are in lower case.

/// An attribute that is an address. Source: HTML Living Standard, "Attributes".
bool is_address_attribute(std::string_view attribute);

/// An attribute whose value is code, style or more than one address, or that decides what the rest of the tag
/// means.
bool is_refused_attribute(std::string_view attribute);

/// An element that is read in different ways with scripts and without, or that contains another document.
bool is_refused_element(std::string_view element);

/// An element within which browsers read some others in their own way: svg, math, select.
bool reads_differently_within(std::string_view element);

/// An element that runs, fetches or animates what its attributes say.
bool has_refused_attributes(std::string_view element);

/// An attribute of SVG and MathML that only names or describes.
bool is_attribute_of_pictures(std::string_view attribute);

/// Values of `rel` at which a browser fetches nothing by itself.
bool is_safe_relation(std::string_view relations);

/// Whether what follows this beginning of an address can change neither scheme nor host.
bool is_settled_address(std::string_view beginning);

}  // namespace covenant
