using Microsoft.Extensions.ObjectPool;

namespace SpotifyCore.Protocol.Shells;

/// <summary>The batches of a server: as many as its memory limit allows. Safe for many threads.</summary>
internal sealed class SendBatchPool(int batchBytes, long limitBytes)
{
    private const int Retained = 64;
    private readonly DefaultObjectPool<SendBatch> _pool = new(new Policy(batchBytes), Retained);
    private readonly long _limit = Math.Max(2, limitBytes / batchBytes);
    private long _rented;

    /// <summary>An empty batch, or null at the limit.</summary>
    public SendBatch? TryRent()
    {
        if (Interlocked.Increment(ref _rented) <= _limit)
            return _pool.Get();

        Interlocked.Decrement(ref _rented);
        return null;
    }

    /// <summary>Takes a batch back.</summary>
    public void Return(SendBatch batch)
    {
        batch.Clear();
        Interlocked.Decrement(ref _rented);
        _pool.Return(batch);
    }

    private sealed class Policy(int batchBytes) : PooledObjectPolicy<SendBatch>
    {
        public override SendBatch Create() => new(batchBytes);

        public override bool Return(SendBatch obj) => true;
    }
}
