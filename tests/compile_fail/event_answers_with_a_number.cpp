// A handler of an event answers with a notification or with text; a number is refused in words.
#include <hipchat/addon.hpp>

void declare(hipchat::addon& program) {
#ifdef MISTAKE
    program.on_room_topic_change([](hipchat::room_topic_change&) { return 7; });
#else
    program.on_room_topic_change([](hipchat::room_topic_change&) { return "seven"; });
#endif
}
