using Microsoft.Extensions.ObjectPool;
using SpotifyCore.Content.Limits;
using SpotifyCore.Protocol.Transports.Sockets;

namespace SpotifyCore.Protocol.Sending;

/// <summary>
/// The batches of a server: as many as its memory limit allows. No subnet gets one more while it has more than are
/// left, so that what one does not give back keeps nobody else out: k subnets that take all they can have a (k + 1)th
/// each, and leave as much. Safe for many threads.
/// </summary>
internal sealed class SendBatchPool(int batchBytes, long limitBytes)
{
    private const int Retained = 64;
    private readonly DefaultObjectPool<SendBatch> _pool = new(new Policy(batchBytes), Retained);
    private readonly Lock _guard = new();
    private readonly SubnetCounts _rented = new();
    private long _left = Math.Max(2, limitBytes / batchBytes);

    /// <summary>An empty batch, or null when a subnet has its share.</summary>
    public SendBatch? TryRent(Subnet subnet)
    {
        lock (_guard)
        {
            if (_left == 0 || _rented[subnet] > _left)
                return null;

            _left--;
            _rented.Add(subnet);
        }

        return _pool.Get();
    }

    /// <summary>Takes a subnet's batch back.</summary>
    public void Return(SendBatch batch, Subnet subnet)
    {
        batch.Clear();
        _pool.Return(batch);
        lock (_guard)
        {
            _left++;
            _rented.Remove(subnet);
        }
    }

    private sealed class Policy(int batchBytes) : PooledObjectPolicy<SendBatch>
    {
        public override SendBatch Create() => new(batchBytes);

        public override bool Return(SendBatch obj) => true;
    }
}
