// A server of the MongoDB protocol on a free port of 127.0.0.1, for tests; its data is in memory.
// It prints "Listening: URL" and ends at SIGTERM. What it cannot show: docs/decisions/0018-services.md

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.ServerVersion;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;

public final class Server {
    public static void main(String[] arguments) {
        MongoServer server = new MongoServer(new MemoryBackend().version(ServerVersion.MONGO_4_0));
        server.bind("127.0.0.1", 0);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdownNow));
        System.out.println("Listening: " + server.getConnectionString());
    }
}
