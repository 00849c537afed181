// The descriptor as a JSON file, and settings from the environment.

#include <hipchat/addon.hpp>

int main(int argc, char** argv) {
    // [file]
    hipchat::addon described(
        hipchat::descriptor_from_file(argc > 1 ? argv[1] : "atlassian-connect.json"));
    described.on_room_enter([](hipchat::room_enter&) { return "hi"; });
    // [/file]
    return hipchat::run(described);
}
