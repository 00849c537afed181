#pragma once

#include "hipchat/errors.hpp"

namespace hipchat::storage {

/// A store could not do what was asked of it. what() is for the log only.
class storage_error : public error {
public:
    using error::error;
};

}  // namespace hipchat::storage
