#pragma once

#include <coroutine>
#include <exception>
#include <functional>

#include "storage/sqlite/statement.hpp"

namespace hipchat::storage::sqlite {

/// Work for another thread, and the coroutine of the loop that waits for it. It lives in that
/// coroutine's frame. From being submitted until its caller is resumed on the loop it belongs to
/// the thread that does the work.
struct pending_call {
    std::function<void(connection&)> work = {};
    std::coroutine_handle<> caller = {};
    std::exception_ptr failure = {};  ///< empty: the work was done
};

}  // namespace hipchat::storage::sqlite
