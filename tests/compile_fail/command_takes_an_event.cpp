// The handler of a slash command takes a command_call; another event's is refused in words.
#include <hipchat/addon.hpp>

void declare(hipchat::addon& program) {
#ifdef MISTAKE
    program.command("/standup", [](hipchat::room_enter&) {});
#else
    program.command("/standup", [](hipchat::command_call&) {});
#endif
}
