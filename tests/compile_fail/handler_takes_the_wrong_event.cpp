// A handler's parameter says what it handles; another one is refused in words.
#include <hipchat/addon.hpp>

void declare(hipchat::addon& greeter) {
#ifdef MISTAKE
    greeter.on_room_enter([](int) -> hipchat::task<> { co_return; });
#else
    greeter.on_room_enter([](hipchat::room_enter&) -> hipchat::task<> { co_return; });
#endif
}
