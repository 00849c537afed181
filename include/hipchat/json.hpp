#pragma once

#include <boost/json.hpp>

namespace hipchat {

/// Boost.JSON under this library's name; the only header of ours that includes it.
namespace json = boost::json;

}  // namespace hipchat
