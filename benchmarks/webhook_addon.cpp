// An add-on like any other, whose handler only counts. It is run with the settings that
// scripts/bench gives it, and at its end prints "Handled COUNT".

#include <hipchat/addon.hpp>
#include <iostream>

int main() {
    hipchat::addon counter{{
        .key = "hipchat-bench",
        .name = "Counter",
        .scopes = {hipchat::scope::send_notification},
    }};

    unsigned long long count = 0;
    counter.on_room_enter([&count](hipchat::room_enter&) { ++count; });

    const int result = hipchat::run(counter);
    std::cout << "Handled " << count << std::endl;
    return result;
}
