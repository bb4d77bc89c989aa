#pragma once

#include <string_view>

namespace covenant {

// What a template may have of HTML: lists of what is allowed, so that what nobody thought of is refused. All
// names are in lower case. Source: covenant-template(5), "Where values can be used"; HTML Living Standard,
// "Elements" and "Attributes".

/// What a value may be in an attribute.
enum class AttributeUse { refused, text, address };

/// In an attribute of an HTML element. Attributes that contain code, styles, several addresses, or that
/// decide what the rest of the tag means, are refused.
AttributeUse use_of(std::string_view element, std::string_view attribute);

/// An attribute that only names or describes, of whatever element: all that elements of SVG and MathML may
/// have.
bool is_global_attribute(std::string_view attribute);

/// An element that browsers read in one way, with scripts and without, or a custom element.
bool is_allowed_element(std::string_view element);

/// The same of what is within <svg> or <math>.
bool is_allowed_in_pictures(std::string_view element);

/// An element within which browsers read some others in their own way: svg, math, select.
bool reads_differently_within(std::string_view element);

/// Values of `rel` at which a browser fetches nothing by itself.
bool is_safe_relation(std::string_view relations);

/// Whether what follows this beginning of an address can change neither scheme nor host.
bool is_settled_address(std::string_view beginning);

}  // namespace covenant
