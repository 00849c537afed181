#include <hipchat/addon.hpp>

// [main]
int main(int argc, char** argv) {
    hipchat::addon greeter{{.key = "hipchat-greeter", .name = "HipChat Greeter"}};
    return hipchat::run(greeter, argc, argv);
}
// [/main]
