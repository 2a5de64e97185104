using SpotifyCore.Contracts.Tests.Calls;

namespace SpotifyCore.Contracts.Tests.Foreign;

public sealed class GrpcioServerTcpTests(GrpcioTcpPeer peer) : EchoCalls(peer), IClassFixture<GrpcioTcpPeer>;

public sealed class GrpcioServerTlsTests(GrpcioTlsPeer peer) : EchoCalls(peer), IClassFixture<GrpcioTlsPeer>;

public sealed class GrpcioServerUnixTests(GrpcioUnixPeer peer) : EchoCalls(peer), IClassFixture<GrpcioUnixPeer>;
