using SpotifyCore.Contracts.Tests.Echo;

namespace SpotifyCore.Contracts.Tests.Calls;

public sealed class OwnServerTcpTests(OwnTcpPeer peer) : EchoCalls(peer), IClassFixture<OwnTcpPeer>;

public sealed class OwnServerTlsTests(OwnTlsPeer peer) : EchoCalls(peer), IClassFixture<OwnTlsPeer>;

public sealed class OwnServerUnixTests(OwnUnixPeer peer) : EchoCalls(peer), IClassFixture<OwnUnixPeer>;
