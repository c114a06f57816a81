package io.farandole.recommenders.model;

import java.lang.foreign.MemorySegment;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Where floats beside the heap begin, for OpenBLAS: an address that JavaCPP neither allocated nor
 * counts against limits of its own. Arrays would be copied for each call, and back.
 */
public final class FloatAddress extends FloatPointer {

    public FloatAddress(MemorySegment memory) {
        super((Pointer) null);
        this.address = memory.address();
    }
}
